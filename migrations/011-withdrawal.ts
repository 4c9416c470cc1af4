import type { Schema } from './dialect.js';

/**
 * Codes that wait behind the order's link until their buyer asks to see them, orders that buyers withdraw from, and
 * eSIMs that nobody has seen and that go to the next buyer.
 */
export async function up(schema: Schema) {
  await codesAreRevealed(schema);
  await buyersWithdraw(schema);
  await esimsReturn(schema);
}

async function codesAreRevealed(schema: Schema) {
  await schema.column(
    'orders',
    `code_delivery TEXT NOT NULL DEFAULT 'mail' CHECK (code_delivery IN ('mail', 'link'))`,
  );
  await schema.column('orders', 'revealed_at TIMESTAMPTZ');
  // Until now every code went out by mail as soon as it was there.
  await schema.run('UPDATE orders SET revealed_at = completed_at WHERE completed_at IS NOT NULL');
  await schema.refuse(
    'code_delivery_is_chosen_once',
    'orders',
    'UPDATE OF code_delivery',
    'NEW.code_delivery <> OLD.code_delivery',
    'how a code is handed over is chosen when it is ordered',
  );
  await schema.refuse(
    'mailed_codes_are_revealed',
    'orders',
    'UPDATE OF status',
    `NEW.status = 'completed' AND OLD.status = 'processing' AND NEW.code_delivery = 'mail' AND NEW.revealed_at IS NULL`,
    'a code that goes out by mail is revealed when it is there',
  );
  await schema.refuse(
    'codes_are_revealed_once',
    'orders',
    'UPDATE OF revealed_at',
    `NEW.revealed_at IS DISTINCT FROM OLD.revealed_at AND (OLD.revealed_at IS NOT NULL OR NEW.status <> 'completed'
      OR (OLD.status = 'completed' AND EXISTS (
        SELECT 1 FROM refunds r WHERE r."order" = NEW.id AND r.state <> 'failed')))`,
    'a code is revealed once, when it is there and its money is not on the way back',
  );
}

async function buyersWithdraw(schema: Schema) {
  await schema.column('orders', 'withdrawn_at TIMESTAMPTZ');
  await schema.refuse(
    'orders_are_withdrawn_from_once',
    'orders',
    'UPDATE OF withdrawn_at',
    `NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND (OLD.withdrawn_at IS NOT NULL
      OR NEW.payment_status NOT IN ('paid', 'refunded'))`,
    'a paid order is withdrawn from once',
  );
}

async function esimsReturn(schema: Schema) {
  await schema.table(
    'returned_esims',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE RESTRICT,
     returned_by TEXT NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
     sold_to TEXT REFERENCES orders(id) ON DELETE RESTRICT,
     iccid TEXT NOT NULL,
     activation_code TEXT NOT NULL CHECK (activation_code <> ''),
     details JSONB,
     provider_order_id TEXT NOT NULL,
     usable_until BIGINT NOT NULL,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('returned_esims', 'idx_returned_esims_by', 'returned_by');
  await schema.unique('returned_esims', 'idx_returned_esims_to', 'sold_to', 'sold_to IS NOT NULL');
  await schema.unique('returned_esims', 'idx_returned_esims_iccid', 'iccid', 'sold_to IS NULL');
  await schema.index('returned_esims', 'idx_returned_esims_waiting', 'product, created', 'sold_to IS NULL');

  await schema.refuse(
    'esims_return_unseen',
    'returned_esims',
    'INSERT',
    `NEW.sold_to IS NOT NULL OR NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW.returned_by
      AND o.status = 'completed' AND o.revealed_at IS NULL AND o.product = NEW.product
      AND o.esim_iccid = NEW.iccid AND o.esim_activation_code = NEW.activation_code)`,
    'only an eSIM whose code nobody has seen comes back',
  );
  await schema.refuse(
    'returned_esims_are_sold_once',
    'returned_esims',
    'UPDATE',
    `(OLD.sold_to IS NOT NULL AND NEW.sold_to IS DISTINCT FROM OLD.sold_to) OR NEW.product <> OLD.product
      OR NEW.returned_by <> OLD.returned_by OR NEW.iccid <> OLD.iccid OR NEW.activation_code <> OLD.activation_code
      OR NEW.usable_until <> OLD.usable_until`,
    'a returned eSIM stays what it is and is sold once',
  );
  await schema.refuse(
    'returned_esims_are_never_deleted',
    'returned_esims',
    'DELETE',
    'TRUE',
    'nothing that money touched is deleted',
  );
  await unitsReturnWithThem(schema);
}

/** The one way back for a unit that was delivered. */
async function unitsReturnWithThem(schema: Schema) {
  await schema.drop('orders_consume_stock_once', 'orders');
  const came = `EXISTS (SELECT 1 FROM returned_esims e WHERE e.returned_by = NEW.id)`;
  const back = `OLD.stock_state = 'consumed' AND NEW.stock_state = 'released'`;
  await schema.refuse(
    'orders_consume_stock_once',
    'orders',
    'UPDATE OF stock_state',
    `NEW.stock_state <> OLD.stock_state AND NOT (
      (OLD.stock_state = 'held' AND NEW.stock_state IN ('consumed', 'released'))
      OR (OLD.stock_state = 'released' AND NEW.stock_state = 'held')
      OR (${back} AND NEW.status = 'refunded' AND ${came}))`,
    'consumed stock does not come back',
  );
  await schema.react(
    'returned_esims_put_stock_back',
    'orders',
    'UPDATE OF stock_state',
    back,
    'UPDATE esim_products SET stock = stock + 1 WHERE id = NEW.product;',
  );
}
