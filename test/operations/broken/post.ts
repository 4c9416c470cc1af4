import { NOW, mail, event, order, mailOf, type Broken } from './rows.js';

export const post: Broken = ({ delivered, refunded, failed, waiting, open }) => ({
  'whoever got an eSIM is written to, unless the order is on hold': [
    [mailOf(delivered, 'esim_ready', `kind = 'order_link'`), order(delivered, 'email_sent_at = NULL')],
  ],
  'whoever got no eSIM, or the money back, is written to': [
    [mailOf(failed, 'order_failed', `kind = 'order_link'`)],
    [mailOf(refunded, 'refund_succeeded', `kind = 'order_link'`)],
  ],
  'no mail says what is not so': [
    [mail({ order: open.id })],
    [mail({ order: waiting.id, kind: 'order_failed' })],
    [mail({ order: failed.id, kind: 'refund_succeeded' })],
  ],
  'nobody is written to twice about one thing without asking for it': [
    [mail({ order: delivered.id })],
    [mail({ purchase: open.purchaseId }), mail({ purchase: open.purchaseId })],
    [
      mail({ order: open.id, kind: 'order_link', message_id: 'one' }),
      mail({ purchase: open.purchaseId, message_id: 'one' }),
    ],
    [mail({ order: delivered.id, dedupe_key: `esim_ready:${delivered.id}:again:1` })],
  ],
  'an order knows when its eSIM was mailed': [
    [order(delivered, 'email_sent_at = NULL')],
    [order(open, `email_sent_at = '${NOW}'`)],
  ],
  'an event is taken in once': [[event({}), event({})]],
});
