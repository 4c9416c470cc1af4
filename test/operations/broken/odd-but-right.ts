import type { BusyShop } from '../busy-shop.js';
import { LONG_AGO, NOW, event, insert, lateBy, log, mail, recounted, type Statements } from './rows.js';

/** What looks odd and is right. */
export const rightBooks = ({ held, waiting, delivered }: BusyShop): Record<string, Statements> => ({
  'a limit that was lowered below what was used': [
    `UPDATE coupons SET usage_limit = 0, user_usage_limit = 0, updated = '2100-01-01 00:00:00.000 +00:00'
     WHERE id = '${held.couponId}'`,
  ],
  'an event that is tried again and again': [
    event({ state: 'received', created: LONG_AGO, error_message: 'No purchase for session cs_1' }),
  ],
  'a key that was blotted out': [log(delivered, { message: 'Invalid API Key provided: sk_live_****1234' })],
  'an order that waits for a rate limit': lateBy(waiting, `reason = 'rate_limited'`, 1),
  'an order that waits for a purchase of another to end': [
    ...lateBy(waiting, `reason = 'out_of_stock'`),
    `UPDATE esim_products SET provider = 'eSIM Card', provider_product_id = (
       SELECT provider_product_id FROM fulfilment_attempts WHERE serial_key IS NOT NULL) WHERE id = '${waiting.productId}'`,
  ],
  'a mail that was asked for again': [
    mail({ order: delivered.id, dedupe_key: `esim_ready:${delivered.id}:again:1` }),
    log(delivered, { step: 'mail', actor: 'customer' }),
  ],
  'an order on hold': [
    ...lateBy(waiting, `reason = 'out_of_stock'`),
    `UPDATE orders SET hold_reason = 'dispute' WHERE id = '${waiting.id}'`,
  ],
  'a coupon whose purchase was paid when it had been given up': [
    `UPDATE purchases SET state = 'paid', payment_intent = 'pi_late', paid_at = 1 WHERE state = 'expired'`,
    `INSERT INTO automation_logs (id, "order", step, status_from, status_to, actor, created)
     SELECT 'late' || substr(id, 5), id, 'payment', 'failed', 'paid', 'shop', '${NOW}' FROM orders
     WHERE payment_status = 'failed'`,
    `UPDATE orders SET payment_status = 'paid', payment_id = 'pi_late', hold_reason = 'dispute', stock_state = 'held'
     WHERE payment_status = 'failed'`,
    insert('customers', { email: 'erin@example.com' }),
    recounted,
  ],
});
