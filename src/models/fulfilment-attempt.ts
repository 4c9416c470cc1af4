import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import type { ProviderName } from '../providers/provider.js';
import { neverDeleted } from './books.js';
import { big, id, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { checkMove, statesOf } from './moves.js';
import { amount, line, rules, wholeFrom } from './rules.js';

const MOVES = {
  sent: ['unknown', 'succeeded', 'rejected', 'abandoned'],
  unknown: ['succeeded', 'rejected', 'abandoned'],
  succeeded: [],
  rejected: [],
  abandoned: [],
} as const;

/**
 * One try to buy one eSIM, committed before the provider is called.
 * sent: the call is under way or was accepted; unknown: it ended without a clear answer, look it up, never repeat it;
 * rejected: nothing was bought; abandoned: looked up long enough to be sure that nothing was bought.
 */
export class FulfilmentAttempt extends Model<
  InferAttributes<FulfilmentAttempt>,
  InferCreationAttributes<FulfilmentAttempt>
> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare number: number;
  /** What the provider is given as our reference: `<order's UUID>-<two digits>`, 39 characters. */
  declare reference: string;
  declare provider: ProviderName;
  declare providerProductId: string;
  declare state: CreationOptional<keyof typeof MOVES>;
  /** Set for a provider that stores no reference of ours: one open attempt per key. */
  declare serialKey: CreationOptional<string | null>;
  declare providerOrderId: CreationOptional<string | null>;
  /** Why it was rejected, in the words of `RejectionKind`, `rate_limited`, or `by_hand` when a person knows it. */
  declare reason: CreationOptional<string | null>;
  declare errorMessage: CreationOptional<string | null>;
  declare costMinor: CreationOptional<number | null>;
  declare sentAt: number;
  declare lookUps: CreationOptional<number>;
  /** Look-ups that the provider answered with "no such purchase". */
  declare misses: CreationOptional<number>;
  declare durationMs: CreationOptional<number | null>;
  /** Who of the staff said how it ended; null when the wholesaler did. */
  declare settledById: CreationOptional<ForeignKey<string | null>>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  isOpen() {
    return this.state === 'sent' || this.state === 'unknown';
  }

  ageMs() {
    return clock.now() - this.sentAt;
  }
}

FulfilmentAttempt.init(
  {
    id: id(),
    orderId: required(reference('order')),
    number: required(whole()),
    reference: required(text()),
    provider: required(text()),
    providerProductId: required(text()),
    state: withDefault(text(), 'sent'),
    serialKey: text(),
    providerOrderId: text(),
    reason: text(),
    errorMessage: text(),
    costMinor: big(),
    sentAt: required(big()),
    lookUps: withDefault(whole(), 0),
    misses: withDefault(whole(), 0),
    durationMs: whole(),
    settledById: reference('settled_by'),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'fulfilment_attempts' },
);

keepFieldRules(FulfilmentAttempt, {
  number: wholeFrom(1, 'errors.whole'),
  provider: rules.provider,
  providerProductId: line(200, 'errors.product.sku'),
  state: statesOf(MOVES),
  costMinor: amount('errors.amount'),
});

FulfilmentAttempt.beforeUpdate('end once', (attempt) => checkMove('attempt', attempt, 'state', MOVES));

FulfilmentAttempt.beforeSave('be settled by somebody only when it has ended', ({ settledById, state }) => {
  if (settledById && state !== 'succeeded' && state !== 'rejected')
    throw new RuleBroken('errors.desk.settled');
});

neverDeleted(FulfilmentAttempt);
