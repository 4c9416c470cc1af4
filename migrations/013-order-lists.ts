import type { Schema } from './dialect.js';
import { provider } from './fields.js';

/**
 * Orders say whose they are to deliver and where to, so that the back office finds them by it, and every combination of
 * its filters is read from an index in the order of time. And what was taken out of the shop as a file.
 */
export async function up(schema: Schema) {
  await schema.column('orders', `provider TEXT CHECK (${provider()})`);
  await schema.column('orders', 'country TEXT');
  await ordersSoFarSayIt(schema);
  await ordersSayIt(schema);
  await lists(schema);
  await exportsAreWrittenDown(schema);
}

const OF_THE_PLAN = (order: string, column: string) =>
  `(SELECT p.${column} FROM esim_products p WHERE p.id = ${order}.product)`;

/** Who delivered it, else who was tried last, else whose plan it is. */
async function ordersSoFarSayIt(schema: Schema) {
  const tried = (order: string) =>
    `(SELECT a.provider FROM fulfilment_attempts a WHERE a."order" = ${order} ORDER BY a.number DESC LIMIT 1)`;
  const cameBackTo = '(SELECT e.returned_by FROM returned_esims e WHERE e.sold_to = orders.id)';
  await schema.run(
    `UPDATE orders SET country = coalesce(terms ->> 'country', ${OF_THE_PLAN('orders', 'country')}),
       provider = coalesce(${tried(cameBackTo)}, ${tried('orders.id')}, ${OF_THE_PLAN('orders', 'provider')})`,
  );
}

/** The same, told by what happens: an attempt is the last one when it is written, and none follows the one that delivers. */
async function ordersSayIt(schema: Schema) {
  await schema.react(
    'orders_name_country_and_provider',
    'orders',
    'INSERT',
    'TRUE',
    `UPDATE orders SET country = coalesce(NEW.terms ->> 'country', ${OF_THE_PLAN('NEW', 'country')}),
       provider = ${OF_THE_PLAN('NEW', 'provider')} WHERE id = NEW.id;`,
  );
  await schema.react(
    'attempts_name_the_provider',
    'fulfilment_attempts',
    'INSERT',
    'TRUE',
    'UPDATE orders SET provider = NEW.provider WHERE id = NEW."order";',
  );
  await schema.react(
    'resold_esims_name_the_provider',
    'returned_esims',
    'UPDATE OF sold_to',
    'OLD.sold_to IS NULL AND NEW.sold_to IS NOT NULL',
    `UPDATE orders SET provider = (SELECT o.provider FROM orders o WHERE o.id = NEW.returned_by)
       WHERE id = NEW.sold_to;`,
  );
}

/** src/checkout/order-search reads them branch by branch: two serve all combinations. */
async function lists(schema: Schema) {
  const facets = 'status, payment_status, provider, created DESC, id DESC';
  await schema.index('orders', 'idx_orders_facets', facets);
  await schema.index('orders', 'idx_orders_country_facets', `country, ${facets}`);
  await schema.index('orders', 'idx_orders_email_created', 'customer_email, created DESC, id DESC');
  await schema.index(
    'orders',
    'idx_orders_provider_order',
    'provider_order_id',
    'provider_order_id IS NOT NULL',
  );
}

async function exportsAreWrittenDown(schema: Schema) {
  await schema.table(
    'exports',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     actor TEXT NOT NULL REFERENCES users(id) ON DELETE RESTRICT,
     kind TEXT NOT NULL CHECK (kind IN ('orders', 'products', 'customers', 'reviews', 'coupons', 'audit')),
     filter JSONB NOT NULL DEFAULT '{}',
     state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'running', 'done', 'broken')),
     rows_total BIGINT NOT NULL CHECK (rows_total >= 0),
     rows_done BIGINT NOT NULL DEFAULT 0 CHECK (rows_done >= 0),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('exports', 'idx_exports_created', 'created DESC, id DESC');
}
