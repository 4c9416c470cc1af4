import { AutomationLog, type Order } from '../models/index.js';

/** What of an order's history its buyer is told, in the order in which it happens; all else is ours. */
const SENTENCES = new Map([
  ['placed', 'placed'],
  ['transfer', 'awaiting_transfer'],
  ['payment paid', 'paid'],
  ['payment failed', 'payment_failed'],
  ['review', 'review'],
  ['status processing', 'started'],
  ['status completed', 'ready'],
  ['status failed', 'failed'],
  ['reveal', 'reveal'],
  ['withdrawal', 'withdrawal'],
  ['refund', 'refund'],
  ['status refunded', 'refunded'],
  ['email esim_ready', 'mail.esim_ready'],
  ['email order_failed', 'mail.order_failed'],
  ['email refund_succeeded', 'mail.refund_succeeded'],
  ['email withdrawal_received', 'mail.withdrawal_received'],
  ['email review_invitation', 'mail.review_invitation'],
  ['mail', 'mail_again'],
  ['mail by_staff', 'mail_by_staff'],
  ['contact', 'contact'],
  ['address', 'address'],
  ['address by_staff', 'address_by_staff'],
  ['links', 'links'],
]);

const RANKS = [...SENTENCES.values()];

export interface Happening {
  /** A sentence of `orders.timeline`. */
  sentence: string;
  at: Date;
}

/** The history of an order as its buyer reads it, oldest first. */
export async function timelineOf({ id: orderId }: Order): Promise<Happening[]> {
  const entries = await AutomationLog.findAll({ where: { orderId } });
  const told = entries.flatMap((entry) => {
    const sentence = SENTENCES.get(stepOf(entry));
    return sentence ? [{ sentence, at: entry.created }] : [];
  });
  told.sort((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
  // A refund leaves a line each time that something is heard of it; its beginning is enough.
  const refund = told.findIndex(({ sentence }) => sentence === 'refund');
  return told.filter(({ sentence }, index) => sentence !== 'refund' || index === refund);
}

const rank = ({ sentence }: Happening) => RANKS.indexOf(sentence);

function stepOf({ step, statusTo, details, actor }: AutomationLog) {
  const kind = step === 'email' ? (details as { kind?: string } | null)?.kind : undefined;
  const byStaff = ['mail', 'address'].includes(step) && actor !== 'customer' ? 'by_staff' : undefined;
  return [step, statusTo ?? kind ?? byStaff].filter(Boolean).join(' ');
}
