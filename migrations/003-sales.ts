import type { Schema } from './dialect.js';
import { canonicalEmail, currency, email, phone, written } from './fields.js';

const CURRENCY = `currency TEXT NOT NULL DEFAULT 'USD' CHECK (${currency()})`;
const METHOD = `payment_method TEXT NOT NULL CHECK (payment_method IN ('card', 'paypal', 'bank_transfer'))`;

/** Carts, coupons, purchases and orders: data-model sections 2 and 3. Columns of time that a rule compares are epoch milliseconds. */
export async function up(schema: Schema) {
  await schema.table(
    'cart_items',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "user" TEXT REFERENCES users(id) ON DELETE CASCADE,
     guest_key TEXT,
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE CASCADE,
     quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 20),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL,
     CHECK (("user" IS NULL) <> (guest_key IS NULL))`,
  );
  await schema.unique('cart_items', 'idx_cart_items_user_product', '"user", product', '"user" IS NOT NULL');
  await schema.unique(
    'cart_items',
    'idx_cart_items_guest_product',
    'guest_key, product',
    'guest_key IS NOT NULL',
  );

  await schema.table(
    'wishlists',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "user" TEXT REFERENCES users(id) ON DELETE CASCADE,
     guest_key TEXT,
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE CASCADE,
     price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
     currency TEXT NOT NULL CHECK (${currency()}),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL,
     CHECK (("user" IS NULL) <> (guest_key IS NULL))`,
  );
  await schema.unique('wishlists', 'idx_wishlists_user_product', '"user", product', '"user" IS NOT NULL');
  await schema.unique(
    'wishlists',
    'idx_wishlists_guest_product',
    'guest_key, product',
    'guest_key IS NOT NULL',
  );

  await schema.table(
    'coupons',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     code TEXT NOT NULL CHECK (length(code) BETWEEN 6 AND 12 AND ${schema.only('code', 'A-Z0-9')}),
     type TEXT NOT NULL CHECK (type IN ('percentage', 'fixed')),
     discount_basis_points INTEGER CHECK (discount_basis_points BETWEEN 1 AND 10000),
     discount_value_minor BIGINT CHECK (discount_value_minor > 0),
     currency TEXT CHECK (${currency()}),
     min_purchase_amount_minor BIGINT CHECK (min_purchase_amount_minor >= 0),
     max_discount_amount_minor BIGINT CHECK (max_discount_amount_minor >= 0),
     usage_limit INTEGER CHECK (usage_limit >= 0),
     usage_count INTEGER NOT NULL DEFAULT 0 CHECK (usage_count >= 0),
     user_usage_limit INTEGER DEFAULT 1 CHECK (user_usage_limit >= 0),
     applicable_products JSONB CHECK (${schema.isList('applicable_products')}),
     applicable_countries JSONB CHECK (${schema.isList('applicable_countries')}),
     is_active BOOLEAN NOT NULL DEFAULT TRUE,
     valid_from BIGINT NOT NULL,
     valid_until BIGINT CHECK (valid_until > valid_from),
     description TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL,
     CHECK ((type = 'percentage') = (discount_basis_points IS NOT NULL)),
     CHECK ((type = 'fixed') = (discount_value_minor IS NOT NULL)),
     CHECK (currency IS NOT NULL OR (discount_value_minor IS NULL AND min_purchase_amount_minor IS NULL AND max_discount_amount_minor IS NULL))`,
  );
  await schema.unique('coupons', 'idx_coupons_code', 'code');
  await schema.index('coupons', 'idx_coupons_active', 'is_active, valid_until');

  // session_params is JSON, not JSONB: it is sent to Stripe again to the letter, and JSONB would reorder it.
  await schema.table(
    'purchases',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     form_key TEXT NOT NULL CHECK (length(form_key) BETWEEN 16 AND 64),
     "user" TEXT REFERENCES users(id) ON DELETE SET NULL,
     guest_key TEXT,
     state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'expired', 'review')),
     review_reason TEXT,
     email TEXT NOT NULL CHECK (${email(schema, 'email')}),
     canonical_email TEXT NOT NULL CHECK (${canonicalEmail(schema, 'canonical_email')}),
     name TEXT CHECK (${written('name', 200)}),
     phone TEXT CHECK (${phone(schema, 'phone')}),
     language TEXT NOT NULL DEFAULT 'en',
     ${METHOD},
     ${CURRENCY},
     subtotal_minor BIGINT NOT NULL,
     discount_minor BIGINT NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
     total_minor BIGINT NOT NULL CHECK (total_minor >= 0 AND total_minor = subtotal_minor - discount_minor),
     coupon TEXT REFERENCES coupons(id) ON DELETE RESTRICT,
     stripe_session_id TEXT,
     stripe_customer_id TEXT,
     checkout_url TEXT,
     payment_intent TEXT,
     session_attempt INTEGER NOT NULL DEFAULT 1 CHECK (session_attempt >= 1),
     session_params JSON,
     expires_at BIGINT NOT NULL,
     check_at BIGINT NOT NULL,
     awaiting_funds_since BIGINT,
     paid_at BIGINT CHECK (state <> 'paid' OR paid_at IS NOT NULL),
     consent JSONB,
     ip_address TEXT,
     user_agent TEXT,
     utm_source TEXT,
     utm_medium TEXT,
     utm_campaign TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('purchases', 'idx_purchases_form_key', 'form_key');
  await schema.unique(
    'purchases',
    'idx_purchases_session',
    'stripe_session_id',
    'stripe_session_id IS NOT NULL',
  );
  await schema.unique(
    'purchases',
    'idx_purchases_payment_intent',
    'payment_intent',
    'payment_intent IS NOT NULL',
  );
  await schema.index('purchases', 'idx_purchases_check', 'state, check_at');
  await schema.index('purchases', 'idx_purchases_email', 'canonical_email');
  await schema.index('purchases', 'idx_purchases_guest', 'guest_key, created DESC');
  await schema.index('purchases', 'idx_purchases_user', '"user", created DESC');

  await schema.table(
    'coupon_redemptions',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     coupon TEXT NOT NULL REFERENCES coupons(id) ON DELETE RESTRICT,
     purchase TEXT NOT NULL REFERENCES purchases(id) ON DELETE RESTRICT,
     redeemer TEXT NOT NULL,
     slot INTEGER NOT NULL CHECK (slot >= 1),
     state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'used', 'released')),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('coupon_redemptions', 'idx_redemptions_purchase', 'purchase');
  await schema.unique(
    'coupon_redemptions',
    'idx_redemptions_slot',
    'coupon, redeemer, slot',
    `state <> 'released'`,
  );

  await schema.table(
    'orders',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     order_id TEXT NOT NULL CHECK (length(order_id) = 36 AND ${schema.only('order_id', 'a-f0-9-')}
       AND order_id LIKE '________-____-____-____-____________'),
     "user" TEXT REFERENCES users(id) ON DELETE SET NULL,
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE RESTRICT,
     purchase TEXT NOT NULL REFERENCES purchases(id) ON DELETE RESTRICT,
     position INTEGER NOT NULL DEFAULT 0,
     status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'refunded')),
     payment_status TEXT NOT NULL DEFAULT 'pending' CHECK (payment_status IN ('pending', 'paid', 'failed', 'refunded')),
     ${METHOD},
     payment_id TEXT NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 255),
     payment_receipt_url TEXT,
     price_minor BIGINT NOT NULL,
     discount_amount_minor BIGINT NOT NULL DEFAULT 0 CHECK (discount_amount_minor >= 0),
     amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0 AND amount_minor = price_minor - discount_amount_minor),
     ${CURRENCY},
     coupon_id TEXT REFERENCES coupons(id) ON DELETE RESTRICT,
     terms JSONB NOT NULL,
     stock_state TEXT NOT NULL DEFAULT 'held' CHECK (stock_state IN ('held', 'consumed', 'released')),
     esim_qr_code TEXT,
     esim_qr_code_url TEXT,
     esim_activation_code TEXT CHECK (esim_activation_code <> ''),
     esim_iccid TEXT,
     esim_details JSONB,
     provider_order_id TEXT,
     customer_email TEXT NOT NULL CHECK (${email(schema, 'customer_email')}),
     customer_name TEXT CHECK (${written('customer_name', 200)}),
     customer_phone TEXT CHECK (${phone(schema, 'customer_phone')}),
     delivered_at TIMESTAMPTZ,
     email_sent_at TIMESTAMPTZ,
     error_message TEXT,
     retry_count INTEGER NOT NULL DEFAULT 0 CHECK (retry_count >= 0),
     hold_reason TEXT,
     fence INTEGER NOT NULL DEFAULT 0,
     lease_until BIGINT NOT NULL DEFAULT 0,
     due_at BIGINT NOT NULL DEFAULT 0,
     ip_address TEXT,
     user_agent TEXT,
     utm_source TEXT,
     utm_medium TEXT,
     utm_campaign TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL,
     completed_at TIMESTAMPTZ,
     CHECK (status NOT IN ('processing', 'completed') OR payment_status = 'paid'),
     CHECK ((status = 'refunded') = (payment_status = 'refunded')),
     CHECK (status <> 'completed' OR (completed_at IS NOT NULL AND esim_activation_code IS NOT NULL AND stock_state = 'consumed'))`,
  );
  await schema.unique('orders', 'idx_orders_order_id', 'order_id');
  await schema.index('orders', 'idx_orders_user_created', '"user", created DESC');
  await schema.index('orders', 'idx_orders_status', 'status');
  await schema.index('orders', 'idx_orders_payment_status', 'payment_status');
  await schema.index('orders', 'idx_orders_customer_email', 'customer_email');
  await schema.index('orders', 'idx_orders_purchase', 'purchase');
  await schema.index('orders', 'idx_orders_product', 'product');
  await schema.index('orders', 'idx_orders_created', 'created DESC, id DESC');
  await schema.index('orders', 'idx_orders_due', 'payment_status, status, due_at');
  await schema.unique('orders', 'idx_orders_iccid', 'esim_iccid', 'esim_iccid IS NOT NULL');

  await schema.table(
    'order_links',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
     token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
     expires_at BIGINT NOT NULL,
     revoked_at BIGINT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('order_links', 'idx_order_links_token', 'token_hash');
  await schema.index('order_links', 'idx_order_links_order', '"order"');
}
