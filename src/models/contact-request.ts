import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { IllegalMove, RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { id, moment, reference, required, text, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { checkMove, statesOf } from './moves.js';
import { isNobody } from './nobody.js';
import type { Order } from './order.js';
import { line, oneOf, prose, rules } from './rules.js';

export const TOPICS = ['install', 'connection', 'order', 'refund', 'phone', 'other'] as const;
export type Topic = (typeof TOPICS)[number];

export const LONGEST_MESSAGE = 4000;

const MOVES = { open: ['answered', 'closed'], answered: ['closed'], closed: [] } as const;
export type ContactState = keyof typeof MOVES;

/** A question that somebody asked us. It belongs to an order only when the sender proved to be its buyer. */
export class ContactRequest extends Model<
  InferAttributes<ContactRequest>,
  InferCreationAttributes<ContactRequest>
> {
  declare id: CreationOptional<string>;
  /** From the form: the same form sent twice is the same request. */
  declare formKey: string;
  declare orderId: ForeignKey<string | null>;
  declare userId: ForeignKey<string | null>;
  declare email: string;
  declare topic: Topic;
  /** As the sender wrote it: proves nothing. */
  declare orderNumber: CreationOptional<string | null>;
  declare device: CreationOptional<string | null>;
  declare message: string;
  declare language: CreationOptional<string>;
  declare state: CreationOptional<ContactState>;
  declare answer: CreationOptional<string | null>;
  declare answeredAt: CreationOptional<Date | null>;
  declare answeredById: ForeignKey<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare order?: NonAttribute<Order | null>;

  /** Throws IllegalMove when it has an answer already, or is closed. */
  async recordAnswer(answer: string, staffId: string) {
    if (this.state !== 'open') throw new IllegalMove('request', this.state, 'answered');
    await this.update({ state: 'answered', answer, answeredAt: clock.date(), answeredById: staffId });
  }

  /** Throws IllegalMove when it is closed already. */
  async close() {
    if (this.state === 'closed') throw new IllegalMove('request', 'closed', 'closed');
    await this.update({ state: 'closed' });
  }
}

ContactRequest.init(
  {
    id: id(),
    formKey: required(text()),
    orderId: reference('order'),
    userId: reference('user'),
    email: required(text()),
    topic: required(text()),
    orderNumber: text(),
    device: text(),
    message: required(text()),
    language: withDefault(text(), 'en'),
    state: withDefault(text(), 'open'),
    answer: text(),
    answeredAt: moment(),
    answeredById: reference('answered_by'),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'contact_requests' },
);

const said = (key: string) => prose(LONGEST_MESSAGE, key).min(1, key);

keepFieldRules(ContactRequest, {
  email: rules.anyEmail.toLowerCase(),
  topic: oneOf(TOPICS, 'errors.contact.topic'),
  orderNumber: line(100, 'errors.contact.orderNumber'),
  device: line(100, 'errors.contact.device'),
  message: said('errors.contact.message'),
  state: statesOf(MOVES),
  answer: said('errors.contact.answer'),
});

ContactRequest.beforeCreate('be from an address that mail can reach', ({ email }) => {
  if (isNobody(email)) throw new RuleBroken('errors.email', {}, 'email');
});

ContactRequest.beforeSave('be answered at a time', ({ state, answer, answeredAt }) => {
  if (Boolean(answer) !== Boolean(answeredAt) || (state === 'answered' && !answer))
    throw new RuleBroken('errors.contact.answer', {}, 'answer');
});

ContactRequest.beforeUpdate('only move forward', (request) => {
  checkMove('request', request, 'state', MOVES);
});
