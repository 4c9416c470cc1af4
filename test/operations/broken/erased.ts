import { DAY, clock } from '../../../src/lib/clock.js';
import { newId } from '../../../src/lib/ids.js';
import type { Order } from '../../../src/models/index.js';
import { NOW, insert, mail, order, purchase, useOf, buyerOf, type Broken, type Statements } from './rows.js';

const WHO = 'erased-x@closed.invalid';

/** What an erasure leaves of a guest's order. */
const emptied = (bought: Order): Statements => [
  purchase(
    bought,
    `email = '${WHO}', canonical_email = '${WHO}', name = NULL, phone = NULL, guest_key = NULL, session_params = NULL,
     checkout_url = NULL, ip_address = NULL, user_agent = NULL`,
  ),
  order(
    bought,
    `customer_email = '${WHO}', customer_name = NULL, customer_phone = NULL, payment_receipt_url = NULL,
     ip_address = NULL, user_agent = NULL`,
  ),
  `DELETE FROM order_links WHERE "order" = '${bought.id}'`,
  `UPDATE email_logs SET recipient = '${WHO}' WHERE "order" = '${bought.id}'`,
];

const told = (bought: Order): Statements => [
  mail({ kind: 'account_erased', recipient: 'nobody@closed.invalid', status: 'sent' }),
  `UPDATE email_logs SET "user" = ${buyerOf(bought)} WHERE kind = 'account_erased'`,
];

export const erased: Broken = ({ refunded, held, delivered }) => {
  const afterwards = (statement: string) => [...emptied(refunded), statement];
  return {
    'an erased customer’s address appears nowhere, and nothing else of theirs': [
      afterwards(purchase(refunded, `name = 'Alice'`)),
      afterwards(purchase(refunded, `session_params = '{"customer_email": "alice@example.com"}'`)),
      afterwards(order(refunded, `ip_address = '198.18.0.1'`)),
      afterwards(order(refunded, `customer_phone = '+821012345678'`)),
      afterwards(`UPDATE email_logs SET recipient = 'alice@example.com' WHERE "order" = '${refunded.id}'`),
      afterwards(
        insert('order_links', {
          order: refunded.id,
          token_hash: newId(),
          expires_at: clock.now() + DAY,
          updated: NOW,
        }),
      ),
      [...emptied(held), useOf(held, `redeemer = 'email:carol@example.com'`)],
      [
        `INSERT INTO customers (id, email, name, created, updated) VALUES ('${newId()}', '${WHO}', 'Alice', '${NOW}', '${NOW}')`,
      ],
      [
        insert('contact_requests', {
          form_key: newId(),
          email: 'nobody@closed.invalid',
          topic: 'other',
          message: 'This is Alice',
          updated: NOW,
        }),
      ],
      told(delivered),
    ],
  };
};
