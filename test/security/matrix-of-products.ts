import type { Entry, Rule } from './matrix.js';

const at = (who: Rule, page: string): Entry => ({
  who,
  at: ({ product }) => `/admin/products/${product.id}${page}`,
});

const nobodys = (page: string): Entry => ({
  who: 'admin',
  at: () => `/admin/products/nobodysplan0000${page}`,
});

/** Staff looks, an admin changes. */
export const MATRIX_OF_PRODUCTS: Record<string, Entry> = {
  'GET /admin/products': { who: 'staff' },
  'POST /admin/products': { who: 'admin' },
  'GET /admin/products/new': { who: 'admin' },
  'GET /admin/products/earnings': { who: 'staff' },
  'GET /admin/products/bulk': { who: 'admin' },
  'POST /admin/products/bulk': { who: 'admin' },
  'GET /admin/products/import': { who: 'admin' },
  'POST /admin/products/import': { who: 'admin' },
  'GET /admin/products/import/:id': { who: 'admin', at: () => '/admin/products/import/nobodyslist0000' },
  'POST /admin/products/import/:id': { who: 'admin', at: () => '/admin/products/import/nobodyslist0000' },
  'GET /admin/products/:id': at('staff', ''),
  'POST /admin/products/:id': at('admin', ''),
  'POST /admin/products/:id/price': at('admin', '/price'),
  'POST /admin/products/:id/stock': at('admin', '/stock'),
  'POST /admin/products/:id/switch': nobodys('/switch'),
  'POST /admin/products/:id/feature': at('admin', '/feature'),
  'POST /admin/products/:id/archive': nobodys('/archive'),
  'POST /admin/products/:id/archive/removal': at('admin', '/archive/removal'),
  'GET /admin/products/:id/removal': at('admin', '/removal'),
  'POST /admin/products/:id/removal': at('admin', '/removal'),
  'POST /admin/products/:id/offers': at('admin', '/offers'),
  'POST /admin/products/:id/offers/suggestion': at('admin', '/offers/suggestion'),
  'POST /admin/products/:id/offers/:offer_id': nobodys('/offers/nobodysoffer000'),
  'POST /admin/products/:id/offers/:offer_id/removal': nobodys('/offers/nobodysoffer000/removal'),
};
