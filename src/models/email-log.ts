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
import { big, id, moment, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { NOBODY } from './nobody.js';
import type { Order } from './order.js';
import type { Purchase } from './purchase.js';
import { oneOf } from './rules.js';

const ACCOUNT_MAILS = [
  'registration',
  'password_reset',
  'email_change',
  'email_changed',
  'password_changed',
  'staff_invitation',
  'account_closed',
  'account_erased',
] as const;
export type AccountMailKind = (typeof ACCOUNT_MAILS)[number];

export const MAIL_KINDS = [
  'esim_ready',
  'order_failed',
  'refund_succeeded',
  'withdrawal_received',
  'awaiting_transfer',
  'payment_failed',
  'order_lookup',
  'contact_received',
  'contact_answered',
  'review_invitation',
  'access_alert',
  'review_rejected',
  ...ACCOUNT_MAILS,
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/**
 * Outbox and log of mails in one. A row is written in the transaction of its cause; the text is made when it is sent,
 * so no code and no token is ever stored here.
 */
export class EmailLog extends Model<InferAttributes<EmailLog>, InferCreationAttributes<EmailLog>> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string | null>;
  declare purchaseId: ForeignKey<string | null>;
  declare userId: ForeignKey<string | null>;
  declare contactRequestId: ForeignKey<string | null>;
  declare reviewId: CreationOptional<ForeignKey<string | null>>;
  declare kind: MailKind;
  /** Of a lookup: the only order that was asked for. */
  declare orderNumber: CreationOptional<string | null>;
  /** One mail per key, however often its cause is seen. */
  declare dedupeKey: string;
  declare messageId: string;
  declare recipient: string;
  declare language: CreationOptional<string>;
  declare status: CreationOptional<'queued' | 'sent' | 'failed'>;
  declare attempts: CreationOptional<number>;
  declare dueAt: CreationOptional<number>;
  declare leaseUntil: CreationOptional<number>;
  declare errorMessage: CreationOptional<string | null>;
  declare sentAt: CreationOptional<Date | null>;
  /** When staff put a refused one aside. */
  declare dismissedAt: CreationOptional<Date | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare purchase?: NonAttribute<Purchase>;

  /** What is remembered of the recipient once nothing more will be sent: nothing, if it was the last word to somebody. */
  recipientToKeep() {
    return this.kind === 'account_erased' ? NOBODY : this.recipient;
  }
}

EmailLog.init(
  {
    id: id(),
    orderId: reference('order'),
    purchaseId: reference('purchase'),
    userId: reference('user'),
    contactRequestId: reference('contact_request'),
    reviewId: reference('review'),
    kind: required(text()),
    orderNumber: text(),
    dedupeKey: required(text()),
    messageId: required(text()),
    recipient: required(text()),
    language: withDefault(text(), 'en'),
    status: withDefault(text(), 'queued'),
    attempts: withDefault(whole(), 0),
    dueAt: withDefault(big(), 0),
    leaseUntil: withDefault(big(), 0),
    errorMessage: text(),
    sentAt: moment(),
    dismissedAt: moment(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'email_logs' },
);

keepFieldRules(EmailLog, { status: oneOf(['queued', 'sent', 'failed']) });
