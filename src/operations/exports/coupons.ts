import { decimalMoney, type Currency } from '../../lib/money.js';
import { Coupon } from '../../models/index.js';
import { batchesBy, told } from './batches.js';
import { time, type Kind, type Row } from './kind.js';

const money = (minor: number | null, currency: Currency | null) =>
  minor === null || currency === null ? null : decimalMoney(minor, currency);

const day = (ms: number | null) => (ms === null ? null : time(new Date(ms)));

export const coupons: Kind = {
  columns:
    'code type percent amount currency min_purchase max_discount usage_limit usage_count user_usage_limit is_active valid_from valid_until countries description created'.split(
      ' ',
    ),
  count: () => Coupon.count(),
  batches: () =>
    told(batchesBy(Coupon, 'code'), (coupon): Row => ({
      code: coupon.code,
      type: coupon.type,
      percent: coupon.discountBasisPoints === null ? null : coupon.discountBasisPoints / 100,
      amount: money(coupon.discountValueMinor, coupon.currency),
      currency: coupon.currency,
      min_purchase: money(coupon.minPurchaseAmountMinor, coupon.currency),
      max_discount: money(coupon.maxDiscountAmountMinor, coupon.currency),
      usage_limit: coupon.usageLimit,
      usage_count: coupon.usageCount,
      user_usage_limit: coupon.userUsageLimit,
      is_active: String(coupon.isActive),
      valid_from: day(coupon.validFrom),
      valid_until: day(coupon.validUntil),
      countries: coupon.applicableCountries?.join('|'),
      description: coupon.description,
      created: time(coupon.created),
    })),
};
