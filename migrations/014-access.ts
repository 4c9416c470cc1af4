import type { Schema } from './dialect.js';
import { anyEmail, written } from './fields.js';

/** A second step for staff, an admin who always is there, what an owner sets without a deploy, and lists that stay fast. */
export async function up(schema: Schema) {
  await secondStep(schema);
  await oneAdminStays(schema);
  await ownersSettings(schema);
  await lists(schema);
}

async function secondStep(schema: Schema) {
  await schema.column('users', `two_step_secret TEXT CHECK (two_step_secret IS NULL OR role <> 'customer')`);
  await schema.column(
    'users',
    'two_step_used BIGINT CHECK ((two_step_used IS NULL) = (two_step_secret IS NULL))',
  );
  await schema.refuse(
    'codes_are_used_once',
    'users',
    'UPDATE OF two_step_used',
    'NEW.two_step_secret = OLD.two_step_secret AND NEW.two_step_used < OLD.two_step_used',
    'the code of a moment that is over is used no more',
  );
  await schema.drop('closed_accounts_are_empty', 'users');
  await schema.refuse(
    'closed_accounts_are_empty',
    'users',
    'UPDATE',
    `NEW.closed_at IS NOT NULL AND (NEW.name IS NOT NULL OR NEW.password_hash IS NOT NULL OR NEW.verified
      OR NEW.two_step_secret IS NOT NULL OR NEW.email NOT LIKE '%@closed.invalid')`,
    'a closed account holds nothing of its person',
  );

  await schema.table(
    'recovery_codes',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "user" TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
     used_at BIGINT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('recovery_codes', 'idx_recovery_codes_code', '"user", code_hash');
  await schema.refuse(
    'recovery_codes_are_used_once',
    'recovery_codes',
    'UPDATE',
    'OLD.used_at IS NOT NULL',
    'a recovery code that was used stays so',
  );
}

/** Two who go at once take turns: the second sees that the first has gone. */
async function oneAdminStays(schema: Schema) {
  const last = `OLD.role = 'admin' AND OLD.closed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM users u WHERE u.role = 'admin' AND u.closed_at IS NULL AND u.verified
      AND u.password_hash IS NOT NULL AND u.id <> OLD.id)`;
  for (const [name, event, goes] of [
    ['', 'UPDATE OF role, closed_at', `(NEW.role <> 'admin' OR NEW.closed_at IS NOT NULL) AND `],
    ['_undeleted', 'DELETE', ''],
  ] as const) {
    await schema.takeTurnsAs(`admins_await_their_turn${name}`, 'users', event, `${goes}OLD.role = 'admin'`);
    await schema.refuse(`one_admin_stays${name}`, 'users', event, goes + last, 'one admin stays');
  }
}

async function ownersSettings(schema: Schema) {
  await schema.table(
    'shop_settings',
    `id TEXT PRIMARY KEY CHECK (id = 'theshopsettings'),
     shop_name TEXT CHECK (${written('shop_name', 60)}),
     support_email TEXT CHECK (${anyEmail(schema, 'support_email')}),
     return_days INTEGER CHECK (return_days BETWEEN 14 AND 60),
     alert_emails JSONB CHECK (${schema.isList('alert_emails')}),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  // Orders so far were sold with fourteen days.
  await schema.column(
    'orders',
    'return_days INTEGER NOT NULL DEFAULT 14 CHECK (return_days BETWEEN 14 AND 60)',
  );
  await schema.refuse(
    'orders_keep_their_return_days',
    'orders',
    'UPDATE OF return_days',
    'NEW.return_days <> OLD.return_days',
    'how long an eSIM can be given back stays as it was sold',
  );
}

async function lists(schema: Schema) {
  const LAST = 'created DESC, id DESC';
  await schema.index('users', 'idx_users_staff', LAST, `role <> 'customer'`);
  await schema.index('customers', 'idx_customers_created', LAST);
  await schema.index('customers', 'idx_customers_total_orders', 'total_orders DESC, id DESC');
  for (const table of ['users', 'customers'])
    await schema.beginnings(table, `idx_${table}_email_begins`, 'email');
  // Every choice of filters has its own, so that a rare one reads no more rows than it shows.
  for (const columns of [
    ['actor'],
    ['action'],
    ['actor', 'entity'],
    ['actor', 'action'],
    ['entity', 'action'],
    ['actor', 'entity', 'action'],
  ])
    await schema.index(
      'audit_logs',
      `idx_audit_logs_by_${columns.join('_')}`,
      `${columns.join(', ')}, ${LAST}`,
    );
  await schema.index('audit_logs', 'idx_audit_logs_by_entity', `entity, ${LAST}`);
}
