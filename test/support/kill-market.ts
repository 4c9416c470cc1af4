import type { Coupon, Product } from '../../src/models/index.js';
import { aCoupon, aProduct, anOffer } from './factories.js';

export interface Market {
  plans: Product[];
  coupons: Coupon[];
}

const PLENTY = 100_000;

/** Plans at every wholesaler: plenty and scarce, with and without a second source, and one that nobody can deliver. */
export async function openMarket(): Promise<Market> {
  const plans: Product[] = [];
  for (let number = 1; number <= 4; number += 1) {
    const stock = number === 1 ? 25 : PLENTY;
    plans.push(
      await aProduct({ provider: 'Airalo', providerProductId: `japan-${number}days-1gb`, stock }),
      await aProduct({ provider: 'MobiMatter', providerProductId: `MM-JP-1${number}`, stock }),
      // One purchase of each at a time: more of them, or the crowd would stand in line.
      await aProduct({ provider: 'eSIM Card', providerProductId: `japan-${number}days-2gb`, stock }),
      await aProduct({ provider: 'eSIM Card', providerProductId: `japan-${number}days-3gb`, stock }),
    );
  }
  for (const provider of ['MobiMatter', 'eSIM Card'] as const) {
    const plan = await aProduct({
      providerProductId: `japan-9days-${provider.length}gb-sold-out`,
      stock: PLENTY,
    });
    await anOffer(plan, { provider, providerProductId: `japan-9days-${provider.length}gb` });
    plans.push(plan);
  }
  plans.push(await aProduct({ providerProductId: 'japan-10days-1gb-sold-out', stock: PLENTY }));
  const coupons = [
    await aCoupon(),
    await aCoupon({ usageLimit: 12 }),
    await aCoupon({ discountBasisPoints: 10_000, usageLimit: 12 }),
  ];
  return { plans, coupons };
}
