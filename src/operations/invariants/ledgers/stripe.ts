import type { Books } from '../books.js';
import type { Comparisons, StripeLedger } from '../ledgers.js';

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Sessions that another shop on the same account opened name no purchase. */
const paidSessions = ({ sessions }: StripeLedger) =>
  sessions.filter(({ payment_status, metadata }) => payment_status === 'paid' && metadata['purchase_id']);

const refunded = ({ refunds }: StripeLedger, intent: string | null, states: string[]) =>
  sum(
    refunds
      .filter(({ payment_intent, status }) => payment_intent === intent && states.includes(status))
      .map(({ amount }) => amount),
  );

const booked = (refunds: Books['refunds'], intent: string | null) =>
  sum(
    refunds
      .filter(({ paymentIntent, state }) => paymentIntent === intent && state === 'succeeded')
      .map(({ amountMinor }) => amountMinor),
  );

const EVER = ['pending', 'succeeded', 'failed'];
const LIVE = ['pending', 'succeeded'];

export const STRIPE: Comparisons = {
  'no purchase is paid that Stripe does not know as paid, to the unit': ({ purchases }, { stripe }) => {
    const sessions = paidSessions(stripe);
    return purchases
      .filter(({ state, totalMinor }) => state === 'paid' && totalMinor > 0)
      .filter(
        ({ id, paymentIntent, totalMinor, currency }) =>
          !sessions.some(
            (session) =>
              session.metadata['purchase_id'] === id &&
              session.payment_intent === paymentIntent &&
              session.amount_total === totalMinor &&
              session.currency.toUpperCase() === currency,
          ),
      )
      .map(({ id }) => id);
  },
  'every payment is for a purchase in the books, and no purchase is paid twice': (
    { purchases },
    { stripe },
  ) => {
    const unpaid = new Set(purchases.map(({ id }) => id));
    return paidSessions(stripe)
      .filter(({ metadata }) => !unpaid.delete(metadata['purchase_id']!))
      .map(({ id }) => id);
  },
  'no more goes back than was paid': (_books, { stripe }) =>
    stripe.paymentIntents
      .filter(({ id, amount_received }) => refunded(stripe, id, LIVE) > amount_received)
      .map(({ id }) => id),
  'every refund that was asked for is in the books, and is made once': ({ refunds }, { stripe }) => {
    const asked = new Set(refunds.map(({ orderId }) => orderId));
    return stripe.refunds
      .filter(({ status, metadata }) => LIVE.includes(status) && metadata['order_id'])
      .map(({ metadata }) => metadata['order_id']!)
      .filter((order) => !asked.delete(order));
  },
  'nothing is refunded in the books that Stripe did not refund': ({ refunds }, { stripe }) =>
    [...new Set(refunds.map(({ paymentIntent }) => paymentIntent))].filter(
      (intent) => booked(refunds, intent) > refunded(stripe, intent, EVER),
    ),
};

export const STRIPE_SETTLED: Comparisons = {
  'what was paid is paid in the books, waits for a person, or went back': ({ purchases }, { stripe }) => {
    const states = new Map(purchases.map(({ id, state }) => [id, state]));
    return paidSessions(stripe)
      .filter(({ metadata }) => !['paid', 'review'].includes(states.get(metadata['purchase_id']!) ?? ''))
      .filter(({ payment_intent: intent }) => {
        const received = stripe.paymentIntents.find(({ id }) => id === intent)?.amount_received ?? 0;
        return refunded(stripe, intent, ['succeeded']) < received;
      })
      .map(({ id }) => id);
  },
  'what Stripe refunded is refunded in the books, unless a person must decide': (
    { purchases, refunds },
    { stripe },
  ) =>
    purchases
      .filter(({ state, paymentIntent, onHold }) => state === 'paid' && paymentIntent && !onHold)
      .filter(
        ({ paymentIntent }) =>
          refunded(stripe, paymentIntent, ['succeeded']) !== booked(refunds, paymentIntent),
      )
      .map(({ id }) => id),
};
