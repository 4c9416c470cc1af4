import type { Schema } from './dialect.js';
import { provider } from './fields.js';

/** What the back office keeps of each wholesaler, and the indexes of its figures, its inbox and its logs. */
export async function up(schema: Schema) {
  await schema.table(
    'provider_accounts',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     provider TEXT NOT NULL CHECK (${provider()}),
     is_enabled BOOLEAN NOT NULL DEFAULT TRUE,
     position INTEGER NOT NULL CHECK (position >= 1),
     low_balance_minor BIGINT NOT NULL DEFAULT 5000 CHECK (low_balance_minor >= 0),
     balance_minor BIGINT,
     balance_read_at BIGINT,
     balance_error TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('provider_accounts', 'idx_provider_accounts_provider', 'provider');
  const others = 'SELECT count(*) FROM provider_accounts WHERE NOT is_enabled AND provider <> NEW.provider';
  await schema.refuseRow(
    'one_wholesaler_stays_on',
    'provider_accounts',
    'is_enabled',
    `NOT NEW.is_enabled AND (${others}) >= 2`,
    'one wholesaler stays on',
  );

  // A refused mail that somebody has looked at.
  await schema.column('email_logs', 'dismissed_at TIMESTAMPTZ');

  // Figures: what was paid, tried and returned since a day, without reading the rows.
  await schema.index('purchases', 'idx_purchases_paid', 'state, paid_at, currency, total_minor');
  await schema.index('purchases', 'idx_purchases_begun', 'created, state');
  await schema.index('orders', 'idx_orders_sold', 'payment_status, created, status, country, product');
  await schema.index(
    'fulfilment_attempts',
    'idx_attempts_recent',
    'sent_at, state, provider, cost_minor, duration_ms',
  );
  await schema.index('orders', 'idx_orders_foreign', 'created', `currency <> 'USD'`);
  await schema.index('refunds', 'idx_refunds_requested', 'state, requested_at, currency, amount_minor');
  await schema.index('esim_products', 'idx_products_low', 'is_active, stock');

  // The inbox: few rows of many.
  await schema.index('orders', 'idx_orders_held', 'created', 'hold_reason IS NOT NULL');
  await schema.index(
    'orders',
    'idx_orders_waiting',
    'created',
    `payment_status = 'paid' AND status IN ('pending', 'processing')`,
  );
  await schema.index('fulfilment_attempts', 'idx_attempts_open', 'sent_at', `state IN ('sent', 'unknown')`);
  await schema.index('webhook_events', 'idx_webhook_events_stuck', 'attempts, created', `state = 'received'`);

  // The logs, newest first, whole and by what they are looked through for.
  await schema.index('email_logs', 'idx_email_logs_newest', 'created DESC, id DESC');
  await schema.index('email_logs', 'idx_email_logs_status', 'status, created DESC, id DESC');
  await schema.index('email_logs', 'idx_email_logs_kind', 'kind, created DESC, id DESC');
  await schema.index('email_logs', 'idx_email_logs_kind_status', 'kind, status, created DESC, id DESC');
  await schema.run('DROP INDEX idx_email_logs_recipient');
  await schema.index('email_logs', 'idx_email_logs_recipient', 'recipient, created DESC, id DESC');
  await schema.index('automation_logs', 'idx_automation_logs_newest', 'created DESC, id DESC');
  await schema.index('automation_logs', 'idx_automation_logs_step', 'step, created DESC, id DESC');
  await schema.index('webhook_events', 'idx_webhook_events_newest', 'created DESC, id DESC');
  await schema.run('DROP INDEX idx_webhook_events_state');
  await schema.index('webhook_events', 'idx_webhook_events_state', 'state, created DESC, id DESC');
  await schema.index('webhook_events', 'idx_webhook_events_type', 'type, created DESC, id DESC');
  await schema.index('webhook_events', 'idx_webhook_events_type_state', 'type, state, created DESC, id DESC');
  await schema.index('provider_sync_logs', 'idx_sync_logs_newest', 'created DESC, id DESC');
}
