import type { Schema } from './dialect.js';
import { canonicalEmail, phone, written } from './fields.js';

/** Who buys and who works here: data-model "User Management". E-mail columns hold the canonical form (lower case, trimmed). */
export async function up(schema: Schema) {
  await schema.table(
    'users',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     email TEXT NOT NULL CHECK (${canonicalEmail(schema, 'email')}),
     name TEXT CHECK (${written('name', 200)}),
     password_hash TEXT,
     role TEXT NOT NULL DEFAULT 'customer' CHECK (role IN ('customer', 'support', 'admin')),
     verified BOOLEAN NOT NULL DEFAULT FALSE,
     closed_at TIMESTAMPTZ,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('users', 'idx_users_email', 'email');

  await schema.table(
    'customers',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "user" TEXT REFERENCES users(id) ON DELETE SET NULL,
     email TEXT NOT NULL CHECK (${canonicalEmail(schema, 'email')}),
     name TEXT CHECK (${written('name', 200)}),
     phone TEXT CHECK (${phone(schema, 'phone')}),
     total_orders INTEGER NOT NULL DEFAULT 0 CHECK (total_orders >= 0),
     total_spent JSONB NOT NULL DEFAULT '{}',
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('customers', 'idx_customers_email', 'email');
  await schema.index('customers', 'idx_customers_user', '"user"');

  await schema.table(
    'sessions',
    `sid TEXT PRIMARY KEY,
     data TEXT NOT NULL,
     expires_at BIGINT NOT NULL,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('sessions', 'idx_sessions_expires', 'expires_at');

  await schema.table(
    'audit_logs',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     actor TEXT REFERENCES users(id) ON DELETE RESTRICT,
     action TEXT NOT NULL,
     entity TEXT NOT NULL,
     entity_id TEXT NOT NULL,
     before JSONB,
     after JSONB,
     ip_address TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('audit_logs', 'idx_audit_logs_entity', 'entity, entity_id');
  await schema.index('audit_logs', 'idx_audit_logs_created', 'created DESC, id DESC');
  await schema.refuse('audit_logs_stay', 'audit_logs', 'DELETE', 'TRUE', 'audit entries are never deleted');
  await schema.refuse(
    'audit_logs_are_final',
    'audit_logs',
    'UPDATE',
    'TRUE',
    'audit entries are never changed',
  );
}
