import { forUpdate, tx } from '../../database.js';
import { Product } from '../../models/product.js';
import type { Plan } from './plan.js';
import { take, type Facts } from './take.js';
import type { Progress } from './progress.js';

export interface Saved {
  created: number;
  changed: number;
  unchanged: number;
}

/**
 * Writes all plans in one transaction. The stock of a plan that exists stays: orders have taken units from it since the
 * list was written, and setting it again would put units back on the shelf that are sold.
 */
export const savePlans = (plans: readonly Plan[], progress: Progress) =>
  save(plans, progress, ({ stock: _stock, ...facts }) => facts);

/** The same, and counts the shelf anew: the list's stock is what can be sold from now on. */
export const savePlansAndStock = (plans: readonly Plan[], progress: Progress) =>
  save(plans, progress, (plan) => plan);

const AT_ONCE = 200;

function save(plans: readonly Plan[], progress: Progress, factsOf: (plan: Plan) => Facts): Promise<Saved> {
  return tx(async () => {
    const saved: Saved = { created: 0, changed: 0, unchanged: 0 };
    for (let start = 0; start < plans.length; start += AT_ONCE) {
      const some = plans.slice(start, start + AT_ONCE);
      const known = await productsBySlug(some);
      for (const [index, plan] of some.entries()) {
        const product = known.get(plan.slug);
        saved[product ? await bringUpToDate(product, factsOf(plan)) : await create(plan)] += 1;
        progress.written(start + index + 1, plans.length);
      }
    }
    return saved;
  });
}

async function productsBySlug(plans: readonly Plan[]) {
  const products = await Product.findAll({ where: { slug: plans.map(({ slug }) => slug) }, ...forUpdate });
  return new Map(products.map((product) => [product.slug, product]));
}

async function create(plan: Plan) {
  await Product.create(plan);
  return 'created' as const;
}

async function bringUpToDate(product: Product, facts: Facts) {
  take(product, facts);
  if (!product.changed()) return 'unchanged';
  await product.save();
  return 'changed';
}
