import type { Schema } from './dialect.js';
import { canonicalEmail } from './fields.js';

/** Links that prove an address, sessions that know whose they are, and limits that outlive a restart. */
export async function up(schema: Schema) {
  await schema.column('users', `language TEXT NOT NULL DEFAULT 'en'`);
  await schema.column('users', 'session_epoch INTEGER NOT NULL DEFAULT 0');
  await schema.refuse(
    'closed_accounts_are_empty',
    'users',
    'UPDATE',
    `NEW.closed_at IS NOT NULL AND (NEW.name IS NOT NULL OR NEW.password_hash IS NOT NULL OR NEW.verified
      OR NEW.email NOT LIKE '%@closed.invalid')`,
    'a closed account holds nothing of its person',
  );

  await schema.column('sessions', '"user" TEXT REFERENCES users(id) ON DELETE CASCADE');
  await schema.index('sessions', 'idx_sessions_user', '"user"');

  await schema.table(
    'account_links',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "user" TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'change_email')),
     email TEXT NOT NULL CHECK (${canonicalEmail(schema, 'email')}),
     token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
     expires_at BIGINT NOT NULL,
     ended_at BIGINT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('account_links', 'idx_account_links_token', 'token_hash');
  await schema.unique('account_links', 'idx_account_links_one_live', '"user", purpose', 'ended_at IS NULL');
  await schema.index('account_links', 'idx_account_links_expires', 'expires_at');
  await schema.refuse(
    'account_links_end_once',
    'account_links',
    'UPDATE',
    'OLD.ended_at IS NOT NULL',
    'a link that was used or withdrawn stays so',
  );

  await schema.table(
    'rate_limits',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     key TEXT NOT NULL,
     used INTEGER NOT NULL CHECK (used >= 0),
     ends_at BIGINT NOT NULL,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('rate_limits', 'idx_rate_limits_key', 'key');
  await schema.index('rate_limits', 'idx_rate_limits_ends', 'ends_at');

  await schema.refuse(
    'guest_purchases_await_proof',
    'purchases',
    'UPDATE OF "user"',
    `NEW."user" IS NOT NULL AND EXISTS (SELECT 1 FROM users WHERE id = NEW."user" AND NOT verified)`,
    'a purchase is given only to an account whose address is proved',
  );
}
