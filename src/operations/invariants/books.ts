import type { ProviderName } from '../../providers/provider.js';
import { select } from './ask.js';

/** What the shop's own books say of its dealings with the outside world. */
export type Books = Awaited<ReturnType<typeof readBooks>>;

export interface BookedAttempt {
  orderId: string;
  provider: ProviderName;
  sku: string;
  reference: string;
  providerOrderId: string | null;
  state: 'sent' | 'unknown' | 'succeeded' | 'rejected' | 'abandoned';
  /** Of the eSIM that the order has from it, or has given back. */
  iccid: string | null;
  code: string | null;
  /** A person said what was bought. */
  byHand: boolean | number;
}

interface BookedPurchase {
  id: string;
  state: 'open' | 'paid' | 'expired' | 'review';
  totalMinor: number;
  currency: string;
  paymentIntent: string | null;
  /** A person must decide about one of its orders. */
  onHold: boolean | number;
}

interface BookedRefund {
  /** The order's public id. */
  orderId: string;
  paymentIntent: string;
  state: string;
  amountMinor: number;
}

interface BookedMail {
  id: string;
  orderId: string | null;
  messageId: string;
  kind: string;
  status: string;
  sentAt: string | Date | null;
  /** The order's. */
  address: string | null;
  /** Where it went, if staff has corrected the order's address since somebody saw the code; else null. */
  formerAddress: string | null;
  /** That the mail may hold: none where it is kept behind the order's link. */
  code: string | null;
  delivered: boolean | number;
}

export const readBooks = async () => ({
  attempts: await select<BookedAttempt>(`
    SELECT a."order" AS "orderId", a.provider, a.provider_product_id AS sku, a.reference, a.state,
      (a.settled_by IS NOT NULL) AS "byHand",
      a.provider_order_id AS "providerOrderId",
      CASE a.state WHEN 'succeeded' THEN coalesce(o.esim_iccid, e.iccid) END AS iccid,
      CASE a.state WHEN 'succeeded' THEN coalesce(o.esim_activation_code, e.activation_code) END AS code
    FROM fulfilment_attempts a JOIN orders o ON o.id = a."order"
    LEFT JOIN returned_esims e ON e.returned_by = o.id`),
  purchases: await select<BookedPurchase>(`
    SELECT p.id, p.state, p.total_minor AS "totalMinor", p.currency, p.payment_intent AS "paymentIntent",
      EXISTS (SELECT 1 FROM orders o WHERE o.purchase = p.id AND o.hold_reason IS NOT NULL) AS "onHold"
    FROM purchases p`),
  refunds: await select<BookedRefund>(`
    SELECT o.order_id AS "orderId", o.payment_id AS "paymentIntent", r.state, r.amount_minor AS "amountMinor"
    FROM refunds r JOIN orders o ON o.id = r."order"`),
  mails: await select<BookedMail>(`
    SELECT e.id, e."order" AS "orderId", e.message_id AS "messageId", e.kind, e.status, e.sent_at AS "sentAt",
      o.customer_email AS address,
      CASE WHEN EXISTS (SELECT 1 FROM automation_logs l WHERE l."order" = e."order" AND l.step = 'address'
        AND l.actor <> 'customer') THEN e.recipient END AS "formerAddress",
      CASE o.code_delivery WHEN 'mail' THEN o.esim_activation_code END AS code,
      coalesce(o.status = 'completed' AND o.hold_reason IS NULL, FALSE) AS delivered
    FROM email_logs e LEFT JOIN orders o ON o.id = e."order"`),
});
