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
import type { Currency } from '../lib/money.js';
import { neverDeleted } from './books.js';
import { big, id, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import type { Order } from './order.js';
import { amount, oneOf, rules, wholeFrom } from './rules.js';

const REASONS = ['undeliverable', 'paid_too_late', 'customer_request', 'dashboard'] as const;
export type RefundReason = (typeof REASONS)[number];

const STATES = ['requested', 'pending', 'succeeded', 'failed'] as const;

/** The money of one order on its way back, one row per order. `succeeded` only when Stripe says so. */
export class Refund extends Model<InferAttributes<Refund>, InferCreationAttributes<Refund>> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare amountMinor: number;
  declare currency: Currency;
  declare reason: RefundReason;
  declare state: CreationOptional<(typeof STATES)[number]>;
  declare stripeRefundId: CreationOptional<string | null>;
  /** Part of the idempotency key; rises only after a definite answer. */
  declare attempt: CreationOptional<number>;
  declare tries: CreationOptional<number>;
  declare requestedAt: number;
  declare dueAt: CreationOptional<number>;
  declare leaseUntil: CreationOptional<number>;
  declare errorMessage: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
}

Refund.init(
  {
    id: id(),
    orderId: required(reference('order')),
    amountMinor: required(big()),
    currency: required(text()),
    reason: required(text()),
    state: withDefault(text(), 'requested'),
    stripeRefundId: text(),
    attempt: withDefault(whole(), 1),
    tries: withDefault(whole(), 0),
    requestedAt: required(big()),
    dueAt: withDefault(big(), 0),
    leaseUntil: withDefault(big(), 0),
    errorMessage: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'refunds' },
);

keepFieldRules(Refund, {
  amountMinor: amount('errors.amount').min(1, 'errors.amount'),
  currency: rules.currency,
  reason: oneOf(REASONS),
  state: oneOf(STATES),
  attempt: wholeFrom(1, 'errors.whole'),
});

neverDeleted(Refund);
