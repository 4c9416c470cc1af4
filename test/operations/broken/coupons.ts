import { NOW, insert, order, purchase, couponOf, useOf, buyerOf, type Broken } from './rows.js';

export const coupons: Broken = ({ delivered, held, open }) => ({
  'a coupon is counted as often as it is held or used': [
    [couponOf(held, 'usage_count = usage_count + 1')],
    [couponOf(held, 'usage_count = 0')],
  ],
  'no coupon is used beyond its limit, unless that was lowered since': [
    [couponOf(held, 'usage_limit = 1')],
    [couponOf(held, 'usage_limit = 0')],
  ],
  'nobody uses a coupon more often than one may, unless that was lowered since': [
    [useOf(held, `redeemer = 'email:alice@example.com'`)],
    [purchase(held, `"user" = ${buyerOf(delivered)}`), order(held, `"user" = ${buyerOf(delivered)}`)],
  ],
  'a coupon is held by an open purchase, used by a paid one, given back by an expired one': [
    [useOf(held, `state = 'used'`)],
    [useOf(delivered, `state = 'held'`)],
    [useOf(held, `state = 'released'`), couponOf(held, 'usage_count = usage_count - 1')],
    [`DELETE FROM coupon_redemptions WHERE state = 'released'`],
  ],
  'a use of a coupon is one of the coupon that the purchase names': [
    [
      insert('coupon_redemptions', {
        coupon: held.couponId,
        purchase: open.purchaseId,
        redeemer: 'email:dave@example.com',
        slot: 1,
        state: 'released',
        updated: NOW,
      }),
    ],
  ],
});
