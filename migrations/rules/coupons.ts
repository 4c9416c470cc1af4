import type { Schema } from '../dialect.js';
import { strays } from './moves.js';

/** data-model section 3. */
export async function couponsKeepTheirRules(schema: Schema) {
  await couponsNameWhatExists(schema);
  await couponsKeepTheirLimits(schema);
  await discountsAreGivenOnce(schema);
}

/** As a foreign key would, were the lists rows. */
async function couponsNameWhatExists(schema: Schema) {
  await schema.refuseRow(
    'coupons_name_what_exists',
    'coupons',
    'applicable_products, applicable_countries',
    `${schema.hasItem('NEW.applicable_products', 'item IS NULL OR item NOT IN (SELECT id FROM esim_products)')}
      OR ${schema.hasItem('NEW.applicable_countries', 'item IS NULL OR item NOT IN (SELECT code FROM countries)')}`,
    'a coupon names plans and countries that exist',
  );
  await schema.refuse(
    'products_stay_while_a_coupon_names_them',
    'esim_products',
    'DELETE',
    `EXISTS (SELECT 1 FROM coupons c WHERE ${schema.hasItem('c.applicable_products', 'item = OLD.id')})`,
    'a coupon names this plan',
  );
}

async function couponsKeepTheirLimits(schema: Schema) {
  // The count may not rise above the limit; a limit may be lowered below what is used.
  await schema.refuse(
    'coupons_stop_at_their_limit',
    'coupons',
    'UPDATE OF usage_count',
    'NEW.usage_count > OLD.usage_count AND NEW.usage_limit IS NOT NULL AND NEW.usage_count > NEW.usage_limit',
    'the coupon is used up',
  );
  await schema.takeTurns(
    'redemptions_await_their_turn',
    'coupon_redemptions',
    'INSERT',
    'coupons',
    'NEW.coupon',
  );
  // A redeemer's uses are told apart by slots; an account's, whatever address it gives, are counted.
  await schema.refuse(
    'redemptions_keep_to_the_limit_per_user',
    'coupon_redemptions',
    'INSERT',
    `EXISTS (SELECT 1 FROM coupons c WHERE c.id = NEW.coupon AND (NEW.slot > c.user_usage_limit OR c.user_usage_limit <= (
      SELECT count(*) FROM purchases this JOIN purchases other ON other."user" = this."user"
      JOIN coupon_redemptions r ON r.purchase = other.id
      WHERE this.id = NEW.purchase AND r.coupon = NEW.coupon AND r.state <> 'released')))`,
    'this buyer has used the coupon up',
  );
  await schema.refuse(
    'redemptions_stay_where_they_are',
    'coupon_redemptions',
    'UPDATE OF coupon, purchase, slot',
    'NEW.coupon <> OLD.coupon OR NEW.purchase <> OLD.purchase OR NEW.slot <> OLD.slot',
    'a use of a coupon keeps its coupon, purchase and slot',
  );
  await schema.refuse(
    'redemptions_end_once',
    'coupon_redemptions',
    'UPDATE OF state',
    strays('state', { held: ['used', 'released'] }),
    'a use of a coupon ends once',
  );
}

/** The orders of a purchase share its discount: together they never have more of it. */
async function discountsAreGivenOnce(schema: Schema) {
  await schema.refuse(
    'orders_share_one_discount',
    'orders',
    'INSERT',
    `NEW.discount_amount_minor > 0 AND EXISTS (SELECT 1 FROM purchases p WHERE p.id = NEW.purchase
      AND NEW.discount_amount_minor + (SELECT coalesce(sum(o.discount_amount_minor), 0) FROM orders o WHERE o.purchase = p.id) > p.discount_minor)`,
    'the orders of a purchase share its discount',
  );
}
