import type { Schema } from '../dialect.js';
import { strays } from './moves.js';

/** data-model section 2. */
export async function ordersKeepTheirRules(schema: Schema) {
  await ordersMoveForward(schema);
  await stockFollowsOrders(schema);
  await movesAreWrittenDown(schema);
  await whatWasSoldIsFrozen(schema);
}

/** data-model, Status Transitions. */
async function ordersMoveForward(schema: Schema) {
  await schema.refuse(
    'orders_start_pending',
    'orders',
    'INSERT',
    `NEW.status <> 'pending' OR NEW.payment_status <> 'pending' OR NEW.stock_state <> 'held'`,
    'an order begins pending, unpaid, with its stock held',
  );
  await schema.refuse(
    'orders_move_forward',
    'orders',
    'UPDATE OF status',
    strays('status', {
      pending: ['processing'],
      processing: ['completed', 'failed'],
      failed: ['refunded'],
      completed: ['refunded'],
    }),
    'an order’s status only moves forward',
  );
  await schema.refuse(
    'payments_move_forward',
    'orders',
    'UPDATE OF payment_status',
    strays('payment_status', { pending: ['paid', 'failed'], paid: ['refunded'], failed: ['paid'] }),
    'a payment’s status only moves forward',
  );
}

/** One order holds one unit: taken when the order is written, put back when it is released, whatever statement does it. */
async function stockFollowsOrders(schema: Schema) {
  const add = (units: number) => `UPDATE esim_products SET stock = stock + ${units} WHERE id = NEW.product;`;
  await schema.takeTurns('orders_await_their_turn', 'orders', 'INSERT', 'esim_products', 'NEW.product');
  // Only when it is written: late money takes a unit of a plan that may have left the shelf since.
  await schema.refuse(
    'orders_need_a_plan_on_sale',
    'orders',
    'INSERT',
    'EXISTS (SELECT 1 FROM esim_products p WHERE p.id = NEW.product AND NOT (p.is_active AND p.stock > 0))',
    'only what is on sale is ordered',
  );
  await schema.react('orders_take_stock', 'orders', 'INSERT', `NEW.stock_state = 'held'`, add(-1));
  await schema.react(
    'orders_put_stock_back',
    'orders',
    'UPDATE OF stock_state',
    `OLD.stock_state = 'held' AND NEW.stock_state = 'released'`,
    add(1),
  );
  await schema.react(
    'late_orders_take_stock_again',
    'orders',
    'UPDATE OF stock_state',
    `OLD.stock_state = 'released' AND NEW.stock_state = 'held'`,
    add(-1),
  );
  await schema.refuse(
    'orders_consume_stock_once',
    'orders',
    'UPDATE OF stock_state',
    strays('stock_state', { held: ['consumed', 'released'], released: ['held'] }),
    'consumed stock does not come back',
  );
}

/** Each order's timeline has its placing and every move, by the database's clock. */
async function movesAreWrittenDown(schema: Schema) {
  const note = (step: string, from: string, to: string, message: string) =>
    `INSERT INTO automation_logs (id, "order", step, status_from, status_to, message)
     VALUES (${schema.newId}, NEW.id, '${step}', ${from}, ${to}, ${message});`;
  await schema.react(
    'orders_are_noted_when_placed',
    'orders',
    'INSERT',
    'TRUE',
    note('placed', 'NULL', 'NULL', `'Order placed, awaiting payment'`),
  );
  for (const [name, column, step] of [
    ['orders_are_noted_when_moved', 'status', 'status'],
    ['payments_are_noted_when_moved', 'payment_status', 'payment'],
  ] as const)
    await schema.react(
      name,
      'orders',
      `UPDATE OF ${column}`,
      `NEW.${column} <> OLD.${column}`,
      note(step, `OLD.${column}`, `NEW.${column}`, 'NEW.error_message'),
    );
}

async function whatWasSoldIsFrozen(schema: Schema) {
  const frozen = [
    'order_id',
    'product',
    'purchase',
    'terms',
    'price_minor',
    'discount_amount_minor',
    'amount_minor',
    'currency',
  ];
  await schema.refuse(
    'order_terms_are_frozen',
    'orders',
    'UPDATE',
    [
      ...frozen.map((column) => `NEW.${column} <> OLD.${column}`),
      'NEW.coupon_id IS DISTINCT FROM OLD.coupon_id',
    ].join(' OR '),
    'what was sold, and for how much, stays as it was sold',
  );
  await schema.refuse(
    'delivered_codes_are_frozen',
    'orders',
    'UPDATE',
    `OLD.status = 'completed' AND NEW.status = 'completed' AND (NEW.esim_activation_code <> OLD.esim_activation_code OR NEW.esim_iccid IS DISTINCT FROM OLD.esim_iccid)`,
    'a delivered eSIM is not exchanged in place',
  );
}
