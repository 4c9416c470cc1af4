import type { Schema } from './dialect.js';
import { anyEmail, written } from './fields.js';

/** Questions that people ask us, and our answers. */
export async function up(schema: Schema) {
  await schema.table(
    'contact_requests',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     form_key TEXT NOT NULL,
     "order" TEXT REFERENCES orders(id) ON DELETE RESTRICT,
     "user" TEXT REFERENCES users(id) ON DELETE SET NULL,
     email TEXT NOT NULL CHECK (${anyEmail(schema, 'email')} AND email = lower(email)),
     topic TEXT NOT NULL CHECK (topic IN ('install', 'connection', 'order', 'refund', 'phone', 'other')),
     order_number TEXT CHECK (${written('order_number', 100)}),
     device TEXT CHECK (${written('device', 100)}),
     message TEXT NOT NULL CHECK (${written('message', 4000)}),
     language TEXT NOT NULL DEFAULT 'en',
     state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'closed')),
     answer TEXT CHECK (${written('answer', 4000)}),
     answered_at TIMESTAMPTZ,
     answered_by TEXT REFERENCES users(id) ON DELETE SET NULL,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL,
     CHECK (state <> 'answered' OR answer IS NOT NULL),
     CHECK ((answer IS NULL) = (answered_at IS NULL))`,
  );
  await schema.unique('contact_requests', 'idx_contact_requests_form_key', 'form_key');
  await schema.index('contact_requests', 'idx_contact_requests_state', 'state, created DESC, id DESC');
  await schema.index('contact_requests', 'idx_contact_requests_order', '"order"');
  await schema.index('contact_requests', 'idx_contact_requests_user', '"user"');
  await schema.index('contact_requests', 'idx_contact_requests_email', 'email');
  await schema.refuse(
    'contact_requests_move_forward',
    'contact_requests',
    'UPDATE OF state',
    `NEW.state <> OLD.state AND NOT (OLD.state = 'open' OR (OLD.state = 'answered' AND NEW.state = 'closed'))`,
    'a request only moves from open to answered or closed',
  );

  await schema.run(
    'ALTER TABLE email_logs ADD COLUMN contact_request TEXT REFERENCES contact_requests(id) ON DELETE RESTRICT',
  );
}
