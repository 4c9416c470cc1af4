import type { Order } from '../models/index.js';
import { queueMail } from './outbox.js';

/** What a buyer is written when the eSIM is there: that it is, at once, and in a week the question how it was. */
export async function mailDelivered(order: Order) {
  await queueMail({ kind: 'esim_ready', order });
  await queueMail({ kind: 'review_invitation', order });
}
