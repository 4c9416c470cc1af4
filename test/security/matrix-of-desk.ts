import type { Entry } from './matrix.js';

const of = (page: string) => ({
  at: ({ orders }: Parameters<NonNullable<Entry['at']>>[0]) =>
    `/admin/orders/${orders.owner.publicId}${page}`,
});

const review = (page: string) => () => `/admin/reviews/nobodysreview00${page}`;
const coupon = (page: string) => () => `/admin/coupons/nobodyscoupon00${page}`;

/** An order's page with what staff does about it, the queue of reviews, and coupons. */
export const MATRIX_OF_DESK: Record<string, Entry> = {
  'GET /admin/orders/retries': { who: 'staff' },
  'POST /admin/orders/retries': { who: 'staff' },
  'POST /admin/orders/:order_id/retry': { who: 'staff', ...of('/retry') },
  'POST /admin/orders/:order_id/mail': { who: 'staff', ...of('/mail') },
  'POST /admin/orders/:order_id/notes': { who: 'staff', ...of('/notes') },
  'GET /admin/orders/:order_id/address': { who: 'staff', ...of('/address') },
  'POST /admin/orders/:order_id/address': { who: 'staff', ...of('/address') },
  'POST /admin/orders/:order_id/payment/check': { who: 'admin', ...of('/payment/check') },
  'GET /admin/orders/:order_id/issue': { who: 'admin', ...of('/issue') },
  'POST /admin/orders/:order_id/issue': { who: 'admin', ...of('/issue') },
  'GET /admin/orders/:order_id/attempt/purchase': { who: 'admin', ...of('/attempt/purchase') },
  'POST /admin/orders/:order_id/attempt/purchase': { who: 'admin', ...of('/attempt/purchase') },
  'GET /admin/orders/:order_id/decisions/:decision': { who: 'admin', ...of('/decisions/lift-hold') },
  'POST /admin/orders/:order_id/decisions/:decision': { who: 'admin', ...of('/decisions/lift-hold') },

  'POST /admin/reviews/judgements': { who: 'staff' },
  'GET /admin/reviews/:id': { who: 'staff', at: review('') },
  'POST /admin/reviews/:id/undo': { who: 'staff', at: review('/undo') },
  'POST /admin/reviews/:id/reply': {
    who: 'staff',
    at: review('/reply'),
    form: () => ({ reply: 'Thank you!' }),
  },
  'POST /admin/reviews/:id/reply/removal': { who: 'staff', at: review('/reply/removal') },

  'GET /admin/coupons': { who: 'staff' },
  'POST /admin/coupons': { who: 'admin' },
  'GET /admin/coupons/check': { who: 'staff' },
  'GET /admin/coupons/new': { who: 'admin' },
  'GET /admin/coupons/batch': { who: 'admin' },
  'POST /admin/coupons/batch': { who: 'admin' },
  'GET /admin/coupons/:id': { who: 'staff', at: coupon('') },
  'POST /admin/coupons/:id': { who: 'admin', at: coupon('') },
  'POST /admin/coupons/:id/switch': { who: 'admin', at: coupon('/switch') },
};
