import type { CreationAttributes } from 'sequelize';
import type { Product, ProviderOffer } from '../src/models/index.js';
import { PROVIDERS } from '../src/providers/provider.js';
import { SKUS, type Named } from './skus.js';

export type Offer = Omit<CreationAttributes<ProviderOffer>, 'productId'>;

/** The next wholesalers in line, each a little dearer; every other plan has two of them. */
export function offersFor(plan: CreationAttributes<Product>, name: Named, index: number): Offer[] {
  const own = PROVIDERS.indexOf(plan.provider);
  return [1, 2].slice(0, 1 + (index % 2)).map((step) => {
    const provider = PROVIDERS[(own + step) % PROVIDERS.length]!;
    const dearer = Math.ceil((plan.costMinor * (100 + 6 * step)) / 100);
    return {
      provider,
      providerProductId: SKUS[provider](name),
      costMinor: Math.min(dearer, plan.priceMinor - 1),
      priority: step,
    };
  });
}
