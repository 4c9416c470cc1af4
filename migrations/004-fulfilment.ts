import type { Schema } from './dialect.js';
import { currency, provider } from './fields.js';

/** What happens after the money: attempts, refunds, mail, the inbox of events, and each order's timeline. */
export async function up(schema: Schema) {
  await schema.table(
    'fulfilment_attempts',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
     number INTEGER NOT NULL CHECK (number >= 1),
     reference TEXT NOT NULL,
     provider TEXT NOT NULL CHECK (${provider()}),
     provider_product_id TEXT NOT NULL,
     state TEXT NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'unknown', 'succeeded', 'rejected', 'abandoned')),
     serial_key TEXT,
     provider_order_id TEXT,
     reason TEXT,
     error_message TEXT,
     cost_minor BIGINT CHECK (cost_minor >= 0),
     sent_at BIGINT NOT NULL,
     look_ups INTEGER NOT NULL DEFAULT 0,
     misses INTEGER NOT NULL DEFAULT 0,
     duration_ms INTEGER,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('fulfilment_attempts', 'idx_attempts_reference', 'reference');
  await schema.unique('fulfilment_attempts', 'idx_attempts_number', '"order", number');
  await schema.unique(
    'fulfilment_attempts',
    'idx_attempts_one_open',
    '"order"',
    `state IN ('sent', 'unknown')`,
  );
  await schema.unique('fulfilment_attempts', 'idx_attempts_one_success', '"order"', `state = 'succeeded'`);
  await schema.unique(
    'fulfilment_attempts',
    'idx_attempts_provider_order',
    'provider, provider_order_id',
    'provider_order_id IS NOT NULL',
  );
  // A wholesaler that stores no reference of ours gets one open purchase per SKU, or two could not be told apart.
  await schema.unique(
    'fulfilment_attempts',
    'idx_attempts_serial',
    'serial_key',
    `state IN ('sent', 'unknown') AND provider_order_id IS NULL AND serial_key IS NOT NULL`,
  );

  await schema.table(
    'refunds',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
     amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
     currency TEXT NOT NULL CHECK (${currency()}),
     reason TEXT NOT NULL CHECK (reason IN ('undeliverable', 'paid_too_late', 'customer_request', 'dashboard')),
     state TEXT NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'pending', 'succeeded', 'failed')),
     stripe_refund_id TEXT,
     attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt >= 1),
     tries INTEGER NOT NULL DEFAULT 0,
     requested_at BIGINT NOT NULL,
     due_at BIGINT NOT NULL DEFAULT 0,
     lease_until BIGINT NOT NULL DEFAULT 0,
     error_message TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('refunds', 'idx_refunds_order', '"order"');
  await schema.unique('refunds', 'idx_refunds_stripe', 'stripe_refund_id', 'stripe_refund_id IS NOT NULL');
  await schema.index('refunds', 'idx_refunds_due', 'state, due_at');

  await schema.table(
    'email_logs',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT REFERENCES orders(id) ON DELETE RESTRICT,
     purchase TEXT REFERENCES purchases(id) ON DELETE RESTRICT,
     "user" TEXT REFERENCES users(id) ON DELETE SET NULL,
     kind TEXT NOT NULL,
     dedupe_key TEXT NOT NULL,
     message_id TEXT NOT NULL,
     recipient TEXT NOT NULL,
     language TEXT NOT NULL DEFAULT 'en',
     status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed')),
     attempts INTEGER NOT NULL DEFAULT 0,
     due_at BIGINT NOT NULL DEFAULT 0,
     lease_until BIGINT NOT NULL DEFAULT 0,
     error_message TEXT,
     sent_at TIMESTAMPTZ,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('email_logs', 'idx_email_logs_dedupe', 'dedupe_key');
  await schema.index('email_logs', 'idx_email_logs_due', 'status, due_at');
  await schema.index('email_logs', 'idx_email_logs_order', '"order"');

  await schema.table(
    'webhook_events',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     source TEXT NOT NULL CHECK (source IN ('stripe', 'airalo')),
     event_id TEXT NOT NULL,
     type TEXT NOT NULL,
     payload JSONB NOT NULL,
     state TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'processed')),
     attempts INTEGER NOT NULL DEFAULT 0,
     due_at BIGINT NOT NULL DEFAULT 0,
     lease_until BIGINT NOT NULL DEFAULT 0,
     error_message TEXT,
     processed_at TIMESTAMPTZ,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('webhook_events', 'idx_webhook_events_event', 'source, event_id');
  await schema.index('webhook_events', 'idx_webhook_events_due', 'state, due_at');

  await schema.table(
    'automation_logs',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
     step TEXT NOT NULL,
     status_from TEXT,
     status_to TEXT,
     message TEXT,
     details JSONB,
     actor TEXT NOT NULL DEFAULT 'shop',
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('automation_logs', 'idx_automation_logs_order', '"order", created');
}
