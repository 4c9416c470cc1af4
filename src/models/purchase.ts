import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import type Stripe from 'stripe';
import { forUpdate, sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import type { Currency } from '../lib/money.js';
import { checkFrozen, neverDeleted } from './books.js';
import { big, id, json, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { checkMove, statesOf } from './moves.js';
import { isNobody } from './nobody.js';
import type { Order } from './order.js';
import { amount, line, oneOf, rules, wholeFrom } from './rules.js';
import { User } from './user.js';

export const PAYMENT_METHODS = ['card', 'paypal', 'bank_transfer'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** What the buyer agreed to: that delivery begins at once, and that the right to withdraw ends with it. */
export interface Consent {
  version: string;
  /** The sentence as it was read. */
  text: string;
  /** ISO 8601. */
  at: string;
}

const MOVES = {
  open: ['paid', 'expired', 'review'],
  expired: ['paid', 'review'],
  review: ['paid', 'expired'],
  paid: [],
} as const;
export type PurchaseState = keyof typeof MOVES;

/** The reason from the moment in which staff decides to send the payment back: nothing is delivered for it any more. */
export const GOES_BACK = 'Staff sends the payment back';

/** One payment for a cart of eSIMs, written before the payment; its orders are one eSIM each. */
export class Purchase extends Model<InferAttributes<Purchase>, InferCreationAttributes<Purchase>> {
  declare id: CreationOptional<string>;
  /** From the checkout form: the same form sent twice is the same purchase. */
  declare formKey: string;
  declare userId: ForeignKey<string | null>;
  /** Whose guest cart it was; that cart is emptied when the money arrives. */
  declare guestKey: CreationOptional<string | null>;
  declare state: CreationOptional<PurchaseState>;
  declare reviewReason: CreationOptional<string | null>;
  declare email: string;
  declare canonicalEmail: string;
  declare name: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare language: CreationOptional<string>;
  declare paymentMethod: PaymentMethod;
  declare currency: Currency;
  declare subtotalMinor: number;
  declare discountMinor: CreationOptional<number>;
  declare totalMinor: number;
  declare couponId: ForeignKey<string | null>;
  declare stripeSessionId: CreationOptional<string | null>;
  declare stripeCustomerId: CreationOptional<string | null>;
  declare checkoutUrl: CreationOptional<string | null>;
  declare paymentIntent: CreationOptional<string | null>;
  /** Part of the idempotency key; rises only after Stripe gave a definite refusal. */
  declare sessionAttempt: CreationOptional<number>;
  /** What Stripe was asked, stored so that a repeated request is the same to the letter. */
  declare sessionParams: CreationOptional<Stripe.Checkout.SessionCreateParams | null>;
  /** When the hosted session ends, epoch milliseconds. */
  declare expiresAt: number;
  /** When the sweeper asks Stripe about it next, epoch milliseconds. */
  declare checkAt: number;
  /** Set while a completed session waits for a bank transfer. */
  declare awaitingFundsSince: CreationOptional<number | null>;
  declare paidAt: CreationOptional<number | null>;
  /** Given at the checkout by who wants the code by mail; else when the code is shown, in the order's timeline. */
  declare consent: CreationOptional<Consent | null>;
  declare ipAddress: CreationOptional<string | null>;
  declare userAgent: CreationOptional<string | null>;
  declare utmSource: CreationOptional<string | null>;
  declare utmMedium: CreationOptional<string | null>;
  declare utmCampaign: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare orders?: NonAttribute<Order[]>;

  isFree() {
    return this.totalMinor === 0;
  }

  /** Expired, or about to be: its payment page is closed. */
  isOver() {
    return (
      this.state === 'expired' ||
      (this.state === 'open' && !this.awaitsFunds() && clock.now() > this.expiresAt)
    );
  }

  /** Its payment goes back or went back, as staff decided: for good, whatever Stripe says of it later. */
  goesBack() {
    return this.reviewReason === GOES_BACK;
  }

  awaitsFunds() {
    return this.state === 'open' && this.awaitingFundsSince !== null;
  }

  /** Asks the sweeper to look again after `ms`. */
  async checkAgainIn(ms: number) {
    await this.update({ checkAt: clock.now() + ms });
  }
}

Purchase.init(
  {
    id: id(),
    formKey: required(text()),
    userId: reference('user'),
    guestKey: text(),
    state: withDefault(text(), 'open'),
    reviewReason: text(),
    email: required(text()),
    canonicalEmail: required(text()),
    name: text(),
    phone: text(),
    language: withDefault(text(), 'en'),
    paymentMethod: required(text()),
    currency: required(text()),
    subtotalMinor: required(big()),
    discountMinor: withDefault(big(), 0),
    totalMinor: required(big()),
    couponId: reference('coupon'),
    stripeSessionId: text(),
    stripeCustomerId: text(),
    checkoutUrl: text(),
    paymentIntent: text(),
    sessionAttempt: withDefault(whole(), 1),
    sessionParams: json(),
    expiresAt: required(big()),
    checkAt: required(big()),
    awaitingFundsSince: big(),
    paidAt: big(),
    consent: json(),
    ipAddress: text(),
    userAgent: text(),
    utmSource: text(),
    utmMedium: text(),
    utmCampaign: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'purchases' },
);

keepFieldRules(Purchase, {
  formKey: line(64, 'errors.formExpired').min(16, 'errors.formExpired'),
  state: statesOf(MOVES),
  email: rules.email,
  canonicalEmail: rules.canonicalEmail,
  name: rules.personName,
  phone: rules.phone,
  paymentMethod: oneOf(PAYMENT_METHODS, 'errors.paymentMethod'),
  currency: rules.currency,
  subtotalMinor: amount('errors.amount'),
  discountMinor: amount('errors.amount'),
  totalMinor: amount('errors.amount'),
  sessionAttempt: wholeFrom(1, 'errors.whole'),
});

Purchase.beforeCreate('add up', ({ subtotalMinor, discountMinor, totalMinor }) => {
  if (totalMinor !== subtotalMinor - discountMinor) throw new RuleBroken('errors.sum');
});

Purchase.beforeCreate('be for an address that mail can reach', ({ canonicalEmail }) => {
  if (isNobody(canonicalEmail)) throw new RuleBroken('errors.email', {}, 'email');
});

Purchase.beforeCreate('be of an account that is open', async ({ userId }) => {
  // Locked, so that an account is not closed or erased while it buys.
  const user = userId && (await User.findByPk(userId, { ...forUpdate }));
  if (user && user.closedAt) throw new RuleBroken('errors.accountClosed');
});

const FROZEN = ['formKey', 'subtotalMinor', 'discountMinor', 'totalMinor', 'currency', 'couponId'] as const;

Purchase.beforeUpdate('refuse what the table forbids', (purchase) => {
  checkMove('purchase', purchase, 'state', MOVES);
  checkFrozen(purchase, FROZEN);
});

Purchase.beforeSave('be paid at a time', ({ state, paidAt }) => {
  if (state === 'paid' && !paidAt) throw new RuleBroken('errors.paidAt');
});

neverDeleted(Purchase);
