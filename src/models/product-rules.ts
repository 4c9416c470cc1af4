import { RuleBroken } from '../errors.js';
import { keepFieldRules, haveNoTwin } from './field-rules.js';
import { planFields } from './plan-fields.js';
import type { Product } from './product.js';
import { pricing } from './rules.js';

/** What plans refuse with a sentence: data-model section 1. */
export function keepProductRules(products: typeof Product) {
  keepFieldRules(products, planFields);
  haveNoTwin(products, ['slug'], 'errors.product.slugTaken');

  products.beforeSave('sell above cost', (product) => {
    if (!product.changed('priceMinor') && !product.changed('costMinor')) return;
    const flaw = pricing.safeParse(product.get()).error?.issues[0];
    if (flaw) throw new RuleBroken(flaw.message, {}, flaw.path[0] === 'costMinor' ? 'cost' : 'price');
  });

  products.beforeSave('cover its own country', ({ country, coverage }) => {
    if (coverage && !coverage.includes(country))
      throw new RuleBroken('errors.product.coverage', {}, 'coverage');
  });

  products.beforeSave('leave the shelf without stock', leaveTheShelfWithoutStock);

  products.beforeSave('stay off the shelf when archived', ({ archivedAt, isActive, deactivatedByStock }) => {
    if (archivedAt && (isActive || deactivatedByStock))
      throw new RuleBroken('errors.product.archived', {}, 'is_active');
  });
}

/** Rule 3. The database's triggers do the same for writes that pass no hook. */
function leaveTheShelfWithoutStock(product: Product) {
  if (product.changed('isActive') && !product.changed('deactivatedByStock'))
    product.deactivatedByStock = false;
  if (product.stock === 0 && product.isActive) {
    product.isActive = false;
    product.deactivatedByStock = true;
  } else if (product.stock > 0 && product.deactivatedByStock) {
    product.isActive = true;
    product.deactivatedByStock = false;
  }
}
