import type { Schema } from '../dialect.js';
import { strays } from './moves.js';

/** What money touched: never deleted, never rewritten, and an order never both delivered and refunded. */
export async function booksStay(schema: Schema) {
  await nothingIsDeleted(schema);
  await nothingIsRewritten(schema);
  await eitherDeliveredOrRefunded(schema);
}

async function nothingIsDeleted(schema: Schema) {
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
}

async function nothingIsRewritten(schema: Schema) {
  await schema.refuse(
    'history_is_final',
    'automation_logs',
    'UPDATE',
    'TRUE',
    'an order’s history is never changed',
  );
  await schema.refuse(
    'purchases_move_forward',
    'purchases',
    'UPDATE OF state',
    strays('state', {
      open: ['paid', 'expired', 'review'],
      expired: ['paid', 'review'],
      review: ['paid', 'expired'],
    }),
    'a purchase’s state only moves forward',
  );
  const frozen = ['form_key', 'subtotal_minor', 'discount_minor', 'total_minor', 'currency'];
  await schema.refuse(
    'purchase_totals_are_frozen',
    'purchases',
    'UPDATE',
    [
      ...frozen.map((column) => `NEW.${column} <> OLD.${column}`),
      'NEW.coupon IS DISTINCT FROM OLD.coupon',
    ].join(' OR '),
    'the total of a purchase stays as it was placed',
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
    strays('state', {
      sent: ['unknown', 'succeeded', 'rejected', 'abandoned'],
      unknown: ['succeeded', 'rejected', 'abandoned'],
    }),
    'an attempt ends once',
  );
}
