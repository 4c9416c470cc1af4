import type { Schema } from './dialect.js';

/** The rules between rows and between a row's past and future, which no CHECK can see. The hooks say the same in sentences. */
export async function up(schema: Schema) {
  await ordersMoveForward(schema);
  await stockFollowsOrders(schema);
  await moneyStays(schema);
  await eitherDeliveredOrRefunded(schema);
  await couponsKeepTheirLimits(schema);
}

const moves = (column: string, table: Record<string, string[]>) => {
  const allowed = Object.entries(table).map(
    ([from, to]) =>
      `(OLD.${column} = '${from}' AND NEW.${column} IN (${to.map((state) => `'${state}'`).join(', ')}))`,
  );
  return `NEW.${column} <> OLD.${column} AND NOT (${allowed.join(' OR ')})`;
};

/** data-model, Status Transitions. */
async function ordersMoveForward(schema: Schema) {
  await schema.refuse(
    'orders_move_forward',
    'orders',
    'UPDATE OF status',
    moves('status', {
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
    moves('payment_status', { pending: ['paid', 'failed'], paid: ['refunded'], failed: ['paid'] }),
    'a payment’s status only moves forward',
  );
  await schema.refuse(
    'orders_start_pending',
    'orders',
    'INSERT',
    `NEW.status <> 'pending' OR NEW.payment_status <> 'pending' OR NEW.stock_state <> 'held'`,
    'an order begins pending, unpaid, with its stock held',
  );
  await schema.refuse(
    'purchases_move_forward',
    'purchases',
    'UPDATE OF state',
    moves('state', {
      open: ['paid', 'expired', 'review'],
      expired: ['paid', 'review'],
      review: ['paid', 'expired'],
    }),
    'a purchase’s state only moves forward',
  );
}

/** One order holds one unit: taken when the order is written, put back when it is released, whatever statement does it. */
async function stockFollowsOrders(schema: Schema) {
  const add = (units: number) => `UPDATE esim_products SET stock = stock + ${units} WHERE id = NEW.product;`;
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
    moves('stock_state', { held: ['consumed', 'released'], released: ['held'] }),
    'consumed stock does not come back',
  );
}

async function moneyStays(schema: Schema) {
  for (const table of [
    'orders',
    'purchases',
    'refunds',
    'coupon_redemptions',
    'automation_logs',
    'fulfilment_attempts',
  ]) {
    await schema.refuse(
      `${table}_are_never_deleted`,
      table,
      'DELETE',
      'TRUE',
      'nothing that money touched is deleted',
    );
  }
  await schema.refuse(
    'order_terms_are_frozen',
    'orders',
    'UPDATE',
    [
      'order_id',
      'product',
      'purchase',
      'terms',
      'price_minor',
      'discount_amount_minor',
      'amount_minor',
      'currency',
    ]
      .map((column) => `NEW.${column} <> OLD.${column}`)
      .join(' OR '),
    'what was sold, and for how much, stays as it was sold',
  );
  await schema.refuse(
    'delivered_codes_are_frozen',
    'orders',
    'UPDATE',
    `OLD.status = 'completed' AND NEW.status = 'completed' AND (NEW.esim_activation_code <> OLD.esim_activation_code OR NEW.esim_iccid IS DISTINCT FROM OLD.esim_iccid)`,
    'a delivered eSIM is not exchanged in place',
  );
  await schema.refuse(
    'purchase_totals_are_frozen',
    'purchases',
    'UPDATE',
    ['form_key', 'subtotal_minor', 'discount_minor', 'total_minor', 'currency']
      .map((column) => `NEW.${column} <> OLD.${column}`)
      .join(' OR '),
    'the total of a purchase stays as it was placed',
  );
  await schema.refuse(
    'history_is_final',
    'automation_logs',
    'UPDATE',
    'TRUE',
    'an order’s history is never changed',
  );
}

/** Never both: no automatic refund while a purchase may have happened, no purchase once a refund exists. */
async function eitherDeliveredOrRefunded(schema: Schema) {
  await schema.takeTurns('refunds_await_their_turn', 'refunds', 'INSERT', 'orders', 'NEW."order"');
  await schema.takeTurns(
    'attempts_await_their_turn',
    'fulfilment_attempts',
    'INSERT',
    'orders',
    'NEW."order"',
  );
  await schema.refuse(
    'refunds_wait_for_certainty',
    'refunds',
    'INSERT',
    `NEW.reason IN ('undeliverable', 'paid_too_late') AND EXISTS (SELECT 1 FROM fulfilment_attempts a WHERE a."order" = NEW."order" AND a.state IN ('sent', 'unknown', 'succeeded'))`,
    'no automatic refund while an eSIM may have been bought',
  );
  await schema.refuse(
    'refunds_return_the_whole_amount',
    'refunds',
    'INSERT',
    `NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW."order" AND o.amount_minor = NEW.amount_minor AND o.currency = NEW.currency)`,
    'a refund returns the amount that the order was paid with',
  );
  await schema.refuse(
    'refunds_are_final',
    'refunds',
    'UPDATE',
    `NEW.amount_minor <> OLD.amount_minor OR NEW.currency <> OLD.currency OR NEW."order" <> OLD."order" OR (OLD.state = 'succeeded' AND NEW.state NOT IN ('succeeded', 'failed'))`,
    'a refund keeps its order and amount',
  );
  await schema.refuse(
    'attempts_stop_at_a_refund',
    'fulfilment_attempts',
    'INSERT',
    `EXISTS (SELECT 1 FROM refunds r WHERE r."order" = NEW."order") OR EXISTS (SELECT 1 FROM fulfilment_attempts a WHERE a."order" = NEW."order" AND a.state = 'succeeded')`,
    'no eSIM is bought for an order that is refunded or delivered',
  );
  await schema.refuse(
    'attempts_end_once',
    'fulfilment_attempts',
    'UPDATE OF state',
    moves('state', {
      sent: ['unknown', 'succeeded', 'rejected', 'abandoned'],
      unknown: ['succeeded', 'rejected', 'abandoned'],
    }),
    'an attempt ends once',
  );
}

async function couponsKeepTheirLimits(schema: Schema) {
  await schema.refuse(
    'coupons_stop_at_their_limit',
    'coupons',
    'UPDATE OF usage_count',
    'NEW.usage_count > OLD.usage_count AND NEW.usage_limit IS NOT NULL AND NEW.usage_count > NEW.usage_limit',
    'the coupon is used up',
  );
  await schema.refuse(
    'redemptions_keep_to_the_limit_per_user',
    'coupon_redemptions',
    'INSERT',
    'EXISTS (SELECT 1 FROM coupons c WHERE c.id = NEW.coupon AND NEW.slot > c.user_usage_limit)',
    'this buyer has used the coupon up',
  );
  await schema.refuse(
    'redemptions_end_once',
    'coupon_redemptions',
    'UPDATE OF state',
    moves('state', { held: ['used', 'released'] }),
    'a use of a coupon ends once',
  );
}
