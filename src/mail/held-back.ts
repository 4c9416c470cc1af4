import { clock } from '../lib/clock.js';
import { EmailLog, type Order } from '../models/index.js';

const WHY = 'Held back: the order is on hold, or its money goes back';

/** Whether the code of an order may leave now: not under a dispute, and not while or after the money goes back. */
export const mayHaveItsCode = ({ status, holdReason, refund }: Order) =>
  status === 'completed' && !holdReason && (!refund || refund.state === 'failed');

/** A mail whose code may not leave stays in the log, for nobody to look at. */
export const holdBack = (mail: EmailLog) =>
  mail.update({ status: 'failed', errorMessage: WHY, dismissedAt: clock.date(), leaseUntil: 0 });

/** What was held back leaves after all. Inside the transaction that lifts the hold. */
export async function sendHeldBack({ id: orderId }: Order) {
  await EmailLog.update(
    { status: 'queued', attempts: 0, dueAt: clock.now(), errorMessage: null, dismissedAt: null },
    { where: { orderId, kind: 'esim_ready', status: 'failed', errorMessage: WHY } },
  );
}
