import type { CreationAttributes } from 'sequelize';
import { clock } from '../src/lib/clock.js';
import type { Coupon } from '../src/models/index.js';

export const demoCoupons = (): CreationAttributes<Coupon>[] => [
  {
    code: 'WELCOME10',
    type: 'percentage',
    discountBasisPoints: 1000,
    validFrom: clock.now(),
    description: '10 % off the first order',
  },
  {
    code: 'FREE100',
    type: 'percentage',
    discountBasisPoints: 10_000,
    userUsageLimit: null,
    validFrom: clock.now(),
    description: 'The whole amount off, to try an order without paying',
  },
  {
    code: 'SAVE500',
    type: 'fixed',
    discountValueMinor: 500,
    currency: 'USD',
    minPurchaseAmountMinor: 1000,
    validFrom: clock.now(),
    description: '5.00 USD off from 10.00 USD up',
  },
];
