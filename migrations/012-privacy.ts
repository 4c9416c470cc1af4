import type { Schema } from './dialect.js';

/** Nothing is bought by somebody who is gone, and what is kept for a time only is found without reading all the books. */
export async function up(schema: Schema) {
  // Before the next trigger looks: an account that is just being closed or erased is waited for.
  await schema.takeTurns('purchases_await_their_turn', 'purchases', 'INSERT', 'users', 'NEW."user"');
  await schema.refuse(
    'purchases_need_an_open_account',
    'purchases',
    'INSERT',
    'EXISTS (SELECT 1 FROM users WHERE id = NEW."user" AND closed_at IS NOT NULL)',
    'a closed account buys nothing',
  );
  await schema.refuse(
    'purchases_need_an_address',
    'purchases',
    'INSERT',
    `NEW.canonical_email LIKE '%@closed.invalid'`,
    'a purchase is for an address that mail can reach',
  );
  await schema.refuse(
    'contact_requests_need_an_address',
    'contact_requests',
    'INSERT',
    `NEW.email LIKE '%@closed.invalid'`,
    'a question is from an address that mail can reach',
  );

  await schema.index(
    'purchases',
    'idx_purchases_traced',
    'created',
    'ip_address IS NOT NULL OR user_agent IS NOT NULL',
  );
  await schema.index(
    'purchases',
    'idx_purchases_of_somebody',
    'state, created',
    `canonical_email NOT LIKE '%@closed.invalid'`,
  );
  await schema.index(
    'email_logs',
    'idx_email_logs_of_somebody',
    'created',
    `status <> 'queued' AND recipient NOT LIKE '%@closed.invalid'`,
  );
  for (const column of ['user', 'purchase', 'contact_request', 'recipient'])
    await schema.index('email_logs', `idx_email_logs_${column}`, `"${column}"`);
  await schema.index('webhook_events', 'idx_webhook_events_state', 'state, created');
  await schema.index('order_links', 'idx_order_links_expires', 'expires_at');
}
