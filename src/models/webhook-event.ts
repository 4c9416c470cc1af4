import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { big, id, json, moment, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { oneOf } from './rules.js';

/** The inbox: an event is stored once per source and id, answered, and then worked on until it is processed. */
export class WebhookEvent extends Model<
  InferAttributes<WebhookEvent>,
  InferCreationAttributes<WebhookEvent>
> {
  declare id: CreationOptional<string>;
  declare source: 'stripe' | 'airalo';
  declare eventId: string;
  declare type: string;
  declare payload: object;
  declare state: CreationOptional<'received' | 'processed'>;
  declare attempts: CreationOptional<number>;
  declare dueAt: CreationOptional<number>;
  declare leaseUntil: CreationOptional<number>;
  declare errorMessage: CreationOptional<string | null>;
  declare processedAt: CreationOptional<Date | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

WebhookEvent.init(
  {
    id: id(),
    source: required(text()),
    eventId: required(text()),
    type: required(text()),
    payload: required(json()),
    state: withDefault(text(), 'received'),
    attempts: withDefault(whole(), 0),
    dueAt: withDefault(big(), 0),
    leaseUntil: withDefault(big(), 0),
    errorMessage: text(),
    processedAt: moment(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'webhook_events' },
);

keepFieldRules(WebhookEvent, {
  source: oneOf(['stripe', 'airalo']),
  state: oneOf(['received', 'processed']),
});
