import type { Role, Scene } from './cast.js';
import { MATRIX_OF_OFFICE } from './matrix-of-office.js';
import { MATRIX_OF_ACCESS } from './matrix-of-access.js';
import { MATRIX_OF_DESK } from './matrix-of-desk.js';
import { MATRIX_OF_PRODUCTS } from './matrix-of-products.js';
import { MATRIX_OF_ORDERS } from './matrix-of-orders.js';

/** Who passes: `everyone`, `account` (whoever is logged in), `staff`, or `owner` (of the very thing that is asked for). */
export type Rule = 'everyone' | 'account' | 'staff' | 'admin' | 'owner';

export interface Entry {
  who: Rule;
  /** The address for this scene, where the route has parameters. */
  at?: (scene: Scene) => string;
  /** What a POST carries; without it an empty form. */
  form?: (scene: Scene) => Record<string, string>;
}

const everyone: Entry = { who: 'everyone' };
const account: Entry = { who: 'account' };
const staff: Entry = { who: 'staff' };

const ofOwner = (page: string): Entry => ({
  who: 'owner',
  at: ({ orders }) => `/orders/${orders.owner.publicId}/${page}`,
});

/** Every route of the shop with who may use it. A route that is missing here fails the tests. */
export const MATRIX: Record<string, Entry> = {
  'GET /': everyone,
  'GET /destinations': everyone,
  'GET /destinations/:country': { ...everyone, at: () => '/destinations/jp' },
  'GET /search': everyone,
  'GET /products': everyone,
  'GET /products/:slug': { ...everyone, at: ({ product }) => `/products/${product.slug}` },
  'GET /products/:slug/reviews': { ...everyone, at: ({ product }) => `/products/${product.slug}/reviews` },
  'GET /products/:slug/reviews/received': {
    ...everyone,
    at: ({ product }) => `/products/${product.slug}/reviews/received`,
  },
  // Whoever comes by a link in a mail is known by its token: test/journeys/reviews-by-guests.
  'GET /products/:slug/reviews/new': {
    who: 'owner',
    at: ({ product }) => `/products/${product.slug}/reviews/new`,
  },
  'POST /products/:slug/reviews': { who: 'owner', at: ({ product }) => `/products/${product.slug}/reviews` },
  // Of a review that is not shown yet, its writer's and staff's alone: test/journeys/review-photos.
  'GET /reviews/photos/:name': { ...everyone, at: ({ review }) => review.images![0]! },
  'POST /reviews/:id/votes': { ...account, at: ({ review }) => `/reviews/${review.id}/votes` },
  'POST /reviews/:id/votes/removal': {
    ...account,
    at: ({ review }) => `/reviews/${review.id}/votes/removal`,
  },
  'GET /help': everyone,
  'GET /help/install': everyone,
  'GET /help/install/:phone': { ...everyone, at: () => '/help/install/iphone' },
  'GET /help/compatibility': everyone,
  'GET /help/contact': everyone,
  'POST /help/contact': everyone,
  'GET /help/contact/received': everyone,
  'GET /terms': everyone,
  'GET /privacy': everyone,
  'GET /refunds': everyone,
  'GET /robots.txt': everyone,
  'GET /sitemap.xml': everyone,
  'GET /healthz': everyone,
  'GET /readyz': everyone,

  'GET /cart': everyone,
  'POST /cart/items': {
    ...everyone,
    form: ({ product }) => ({ product_id: product.id, quantity: '1' }),
  },
  'POST /cart/items/:id': { ...everyone, at: () => '/cart/items/nobodysline0000' },
  'POST /cart/items/:id/removal': { ...everyone, at: () => '/cart/items/nobodysline0000/removal' },
  'POST /cart/coupon': everyone,
  'POST /cart/coupon/removal': everyone,
  'GET /wishlist': everyone,
  'POST /wishlist/items': { ...everyone, form: ({ product }) => ({ product_id: product.id }) },
  'POST /wishlist/items/removal': { ...everyone, form: ({ product }) => ({ product_id: product.id }) },
  'POST /wishlist/items/:id/removal': { ...everyone, at: () => '/wishlist/items/nobodyswish0000/removal' },
  'POST /wishlist/items/:id/cart': { ...everyone, at: () => '/wishlist/items/nobodyswish0000/cart' },
  'GET /checkout': everyone,
  'POST /checkout': everyone,
  // Alone it shows how far the purchase is; the code needs proof.
  'GET /checkout/return': { ...everyone, at: ({ sessionId }) => `/checkout/return?session_id=${sessionId}` },
  'GET /orders/lookup': everyone,
  'POST /orders/lookup': everyone,
  'GET /orders/:order_id': { who: 'owner', at: ({ orders }) => `/orders/${orders.owner.publicId}` },
  'POST /orders/:order_id/mail': ofOwner('mail'),
  'GET /orders/:order_id/address': ofOwner('address'),
  'POST /orders/:order_id/address': ofOwner('address'),
  'POST /orders/:order_id/links/removal': ofOwner('links/removal'),

  'POST /orders/:order_id/reveal': {
    who: 'owner',
    at: ({ orders }) => `/orders/${orders.owner.publicId}/reveal`,
  },
  // Leads to the order's page, which asks who comes.
  'GET /orders/:order_id/reveal': {
    ...everyone,
    at: ({ orders }) => `/orders/${orders.owner.publicId}/reveal`,
  },
  'GET /orders/:order_id/withdrawal': {
    who: 'owner',
    at: ({ orders }) => `/orders/${orders.owner.publicId}/withdrawal`,
  },
  'POST /orders/:order_id/withdrawal': {
    who: 'owner',
    at: ({ orders }) => `/orders/${orders.owner.publicId}/withdrawal`,
  },

  'GET /login': everyone,
  'POST /login': everyone,
  'GET /logout': everyone,
  'GET /register': everyone,
  'POST /register': everyone,
  // What these open is proved by a token and a password: test/accounts.
  'GET /verify-email': everyone,
  'POST /verify-email': everyone,
  'GET /verify-email/mail': everyone,
  'POST /verify-email/mail': everyone,
  'GET /password-reset': everyone,
  'POST /password-reset': everyone,
  'GET /password-reset/new': everyone,
  'POST /password-reset/new': everyone,

  'GET /account': account,
  'GET /account/orders': account,
  'GET /account/email': account,
  'POST /account/email': account,
  'GET /account/password': account,
  'POST /account/password': account,
  'GET /account/closing': account,
  'POST /account/closing': account,
  'GET /account/privacy': account,
  'GET /account/privacy/download': everyone,
  'POST /account/privacy/download': account,
  'GET /account/privacy/erasure': account,
  'POST /account/privacy/erasure': account,
  'GET /account/reviews': account,
  'GET /account/reviews/:id': { who: 'owner', at: ({ review }) => `/account/reviews/${review.id}` },
  'POST /account/reviews/:id': { who: 'owner', at: ({ review }) => `/account/reviews/${review.id}` },
  'GET /account/reviews/:id/removal': {
    who: 'owner',
    at: ({ review }) => `/account/reviews/${review.id}/removal`,
  },
  'GET /account/sessions/end': everyone,

  ...MATRIX_OF_OFFICE,
  'GET /admin/orders': staff,
  'GET /admin/orders/:order_id': { ...staff, at: ({ orders }) => `/admin/orders/${orders.owner.publicId}` },
  'GET /admin/orders/:order_id/refund': {
    who: 'admin',
    at: ({ orders }) => `/admin/orders/${orders.owner.publicId}/refund`,
  },
  'POST /admin/orders/:order_id/refund': {
    who: 'admin',
    at: ({ orders }) => `/admin/orders/${orders.owner.publicId}/refund`,
  },
  ...MATRIX_OF_PRODUCTS,
  'GET /admin/contact-requests': staff,
  'GET /admin/contact-requests/:id': { ...staff, at: () => '/admin/contact-requests/nobodysquestion' },
  'POST /admin/contact-requests/:id/answer': {
    ...staff,
    at: () => '/admin/contact-requests/nobodysquestion/answer',
    form: () => ({ answer: 'Hello' }),
  },
  'POST /admin/contact-requests/:id/close': {
    ...staff,
    at: () => '/admin/contact-requests/nobodysquestion/close',
  },
  'GET /admin/reviews': staff,
  'POST /admin/reviews/:id/approval': { ...staff, at: () => '/admin/reviews/nobodysreview00/approval' },
  'POST /admin/reviews/:id/rejection': {
    ...staff,
    at: () => '/admin/reviews/nobodysreview00/rejection',
    form: () => ({ reason: 'An advertisement' }),
  },

  ...MATRIX_OF_ACCESS,
  ...MATRIX_OF_DESK,
  ...MATRIX_OF_ORDERS,

  // Believed by its signature, not by who sends it: test/journeys/webhooks.
  'POST /webhooks/stripe': everyone,
  'GET /assets/htmx.min.js': everyone,

  'POST /account/reviews/:id/removal': {
    who: 'owner',
    at: ({ review }) => `/account/reviews/${review.id}/removal`,
  },

  // Last, for they end the sessions of whoever asks.
  'POST /account/sessions/end': account,
  'POST /logout': everyone,
};

export const passes = (who: Rule, role: Role): boolean => {
  switch (who) {
    case 'everyone':
      return true;
    case 'account':
      return ['owner', 'other user', 'support', 'admin'].includes(role);
    case 'staff':
      return role === 'support' || role === 'admin';
    case 'admin':
      return role === 'admin';
    case 'owner':
      return role === 'owner';
  }
};
