import { newId, nowSeconds, type Charge, type Dispute } from './objects.js';
import type { Till } from './till.js';

/** The card's owner tells the bank that the payment was not his. */
export function dispute(till: Till, charge: Charge) {
  till.books.charges.put({ ...charge, disputed: true });
  const opened = till.books.disputes.put({
    id: newId('dp'),
    object: 'dispute',
    status: 'needs_response',
    reason: 'fraudulent',
    amount: charge.amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    created: nowSeconds(),
    livemode: false,
  });
  till.webhooks.announce('charge.dispute.created', opened);
}

/** The bank decides. */
export function closeDispute(till: Till, id: string, status: 'won' | 'lost'): Dispute {
  const closed = till.books.disputes.put({ ...till.books.dispute(id), status });
  till.webhooks.announce('charge.dispute.closed', closed);
  return closed;
}
