import { Op, literal } from 'sequelize';
import { Product, type Coupon } from '../models/index.js';

const MOST = 5;

/** Plans on sale that this coupon sells below their cost, a few of them: what is taken off one unit exceeds its margin. */
export function soldBelowCost(coupon: Coupon): Promise<Product[]> {
  const { applicableProducts, applicableCountries, currency } = coupon;
  return Product.findAll({
    where: {
      isActive: true,
      ...(applicableProducts && { id: applicableProducts }),
      ...(applicableCountries && { country: applicableCountries }),
      ...(currency && { currency }),
      [Op.and]: [literal(`price_minor - ${takenOff(coupon)} < cost_minor`)],
    },
    attributes: ['id', 'name', 'slug', 'priceMinor', 'costMinor', 'currency', 'country', 'coverage'],
    order: [['id', 'ASC']],
    limit: MOST,
  });
}

/** Whole numbers alone, which the model has checked. */
function takenOff({ discountBasisPoints, discountValueMinor, maxDiscountAmountMinor }: Coupon) {
  const percentage = Number(discountBasisPoints ?? 0);
  const full =
    percentage > 0 ? `price_minor * ${percentage} / 10000` : String(Number(discountValueMinor ?? 0));
  if (maxDiscountAmountMinor === null) return `(${full})`;
  const cap = Number(maxDiscountAmountMinor);
  return `(CASE WHEN ${full} > ${cap} THEN ${cap} ELSE ${full} END)`;
}
