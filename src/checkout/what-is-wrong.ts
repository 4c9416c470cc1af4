import { formatMoment } from '../lib/dates.js';
import { MINUTE, clock } from '../lib/clock.js';
import type { Purchase } from '../models/index.js';
import type { Desk } from '../payments/desk.js';

/** Longer than an ordinary delivery takes, with look-ups and another wholesaler. */
const SLOW_AFTER = 5 * MINUTE;

export interface Trouble {
  /** What happened, and what to do about it, for staff. */
  what: string;
  todo: string;
}

const HOLDS: Record<string, Trouble> = {
  dispute: {
    what: 'The buyer’s bank disputes the payment. Nothing more is delivered.',
    todo: 'Answer the dispute in Stripe’s dashboard. If it is won, the order goes on by itself; if it is lost, the money is gone, and a refund here only closes the order.',
  },
  fraud_warning: {
    what: 'Stripe warns that the card may be stolen. Nothing more is delivered.',
    todo: 'Write to the customer. In doubt refund now: that is cheaper than the dispute that follows. Else lift the hold.',
  },
  foreign_refund: {
    what: 'Money of this payment was sent back in Stripe’s dashboard, and it is not clear for which order.',
    todo: 'Compare the refund there. If it is not for this order, lift the hold; else make it whole there, and the order closes by itself.',
  },
};

/** What keeps an order from its good end, in plain words, with what can be done; nothing when all is well. */
export function whatIsWrong({ order, open, refund, attempts }: Desk, purchase: Purchase): Trouble[] {
  const troubles: Trouble[] = [];
  const say = (what: string, todo: string) => troubles.push({ what, todo });
  if (purchase.state === 'review')
    say(
      `The payment does not add up: ${purchase.reviewReason ?? 'no reason is known'}. Nothing is delivered for it.`,
      purchase.paymentIntent
        ? 'Look at the payment again, or send it back.'
        : 'Look again, or close the purchase without a payment: its eSIMs then go back to the shelf.',
    );
  if (order.holdReason)
    troubles.push(
      HOLDS[order.holdReason] ?? {
        what: `It is on hold: ${order.holdReason}.`,
        todo: 'Look, then lift the hold.',
      },
    );
  if (open?.state === 'unknown')
    say(
      `${open.provider} gave no clear answer to attempt ${open.number} (sent ${formatMoment(new Date(open.sentAt), 'en')}; look-ups: ${open.lookUps}). It may have sold us an eSIM, so nothing else is bought.`,
      `The shop keeps asking by itself. If ${open.provider}’s own pages show what happened, settle the attempt below.`,
    );
  if (refund?.state === 'failed' && order.status !== 'refunded')
    say(
      `Stripe refused the refund${refund.errorMessage ? ` (${refund.errorMessage})` : ''}. The customer does not have the money.`,
      'Ask Stripe once more, or return it in Stripe’s dashboard: the shop takes that over by itself.',
    );
  if (order.status === 'failed' && refund && refund.state !== 'failed')
    say(
      'It could not be delivered, and the money is on its way back.',
      'Nothing: Stripe’s word closes the order.',
    );
  if (order.status === 'failed' && order.amountMinor === 0)
    say(
      'It could not be delivered. It was free, so no money goes back.',
      'Write to the customer, who may order again.',
    );
  if (isSlow(order, purchase, troubles))
    say(
      `It was paid ${formatMoment(new Date(purchase.paidAt!), 'en')} and is not delivered. ${lastAnswer(attempts)}`,
      `The worker takes it up again ${order.dueAt > clock.now() ? formatMoment(new Date(order.dueAt), 'en') : 'now'}. Retry, issue an eSIM by hand, or refund.`,
    );
  return troubles;
}

const isSlow = ({ status, paymentStatus }: Desk['order'], { paidAt }: Purchase, known: Trouble[]) =>
  known.length === 0 &&
  paymentStatus === 'paid' &&
  ['pending', 'processing'].includes(status) &&
  clock.now() - (paidAt ?? 0) > SLOW_AFTER;

function lastAnswer(attempts: Desk['attempts']) {
  const last = attempts.at(-1);
  if (!last) return 'No wholesaler was asked yet.';
  return `${last.provider} said last: ${last.errorMessage ?? last.state}.`;
}
