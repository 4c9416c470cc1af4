import type { Attributes } from 'sequelize';
import type { Product } from '../../models/product.js';
import type { Plan } from './plan.js';

/** What a price list says about a plan that is in the catalogue already. */
export type Facts = Partial<Plan>;

/** Sets what the list says, without writing it. */
export function take(product: Product, { isActive, ...facts }: Facts) {
  product.set(facts as Partial<Attributes<Product>>);
  if (isActive !== undefined) putOnShelf(product, isActive);
}

/**
 * A plan that the stock switched off counts as on: the next stock switches it on again. An archived one stays put away,
 * whatever a list says.
 */
export function putOnShelf(product: Product, isActive: boolean) {
  if (product.archivedAt || isActive === !product.hidden()) return;
  product.set({ isActive, deactivatedByStock: false });
}
