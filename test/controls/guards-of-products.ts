import type { Guard } from './guards.js';

/** See guards.ts. */
export const GUARDS_OF_PRODUCTS: Guard[] = [
  {
    guard: 'a price is changed from the price that was seen',
    file: 'src/catalogue/desk/change-plan.ts',
    find: 'if (plan.priceMinor !== seenMinor)',
    put: 'if (seenMinor < 0)',
    spec: ['routes/admin-products.test.ts'],
  },
  {
    guard: 'a plan is edited as it was read',
    file: 'src/catalogue/desk/change-plan.ts',
    find: "if (readingOf(plan) !== seen) throw new ShopError(409, 'errors.plans.changed');",
    put: 'void seen;',
    spec: ['routes/admin-product-form.test.ts'],
  },
  {
    guard: 'many plans are changed as they were seen',
    file: 'src/catalogue/desk/bulk.ts',
    find: "if (seenOf(bulk, lines) !== seen) throw new ShopError(409, 'errors.plans.bulk.changed');",
    put: 'void seen;',
    spec: ['routes/admin-product-bulk.test.ts'],
  },
  {
    guard: 'a price list is applied as it was seen',
    file: 'src/catalogue/desk/apply-price-list.ts',
    find: "change.kind !== 'unchanged' && change.mark !== seen[slug]",
    put: "change.kind === 'unchanged' && change.mark === seen[slug]",
    spec: ['routes/admin-price-lists.test.ts'],
  },
  {
    guard: 'all or none is none when one plan became another',
    file: 'src/catalogue/desk/apply-price-list.ts',
    find: 'if (upload.allOrNone && report.stale > 0) throw new SomeAreStale();',
    put: 'void SomeAreStale;',
    spec: ['routes/admin-price-lists.test.ts'],
  },
  {
    guard: 'a price list is applied once',
    file: 'src/catalogue/desk/apply-price-list.ts',
    find: 'return claimed === 1;',
    put: 'return claimed >= 0;',
    spec: ['routes/admin-price-lists.test.ts'],
  },
  {
    guard: 'a suggestion is for the cost that was seen',
    file: 'src/catalogue/desk/offers.ts',
    find: 'one.costMinor === asked.costMinor',
    put: 'one.costMinor >= 0',
    spec: ['routes/admin-product-offers.test.ts'],
  },
];
