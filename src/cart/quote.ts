import { validateCoupon } from '../coupons/validate.js';
import { ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { spread, type Currency } from '../lib/money.js';
import { Coupon, type CartItem, type Product } from '../models/index.js';

/** One eSIM to be bought: list price, its share of the discount, and what is left to pay. Minor units. */
export interface Unit {
  product: Product;
  priceMinor: number;
  discountMinor: number;
  amountMinor: number;
}

export interface Quote {
  items: CartItem[];
  units: Unit[];
  currency: Currency;
  subtotalMinor: number;
  discountMinor: number;
  totalMinor: number;
  coupon: Coupon | null;
  /** Why the coupon that was entered gives nothing. */
  couponRefusal: ShopError | null;
}

/** What a cart costs now, with prices and coupon from the database, never from a form. */
export async function quote(items: CartItem[], couponCode?: string): Promise<Quote> {
  const currency = items[0]?.product?.currency ?? 'USD';
  const { coupon, couponRefusal, eligible, discountMinor } = await askCoupon(items, currency, couponCode);
  const wanted = items.flatMap((item) => Array.from({ length: item.quantity }, () => item));
  const shares = spread(
    discountMinor,
    wanted.map((item) => (eligible.has(item.id) ? item.product!.priceMinor : 0)),
  );
  const units = wanted.map((item, index) => {
    const product = item.product!;
    const { priceMinor } = product;
    return { product, priceMinor, discountMinor: shares[index]!, amountMinor: priceMinor - shares[index]! };
  });
  const sum = (of: (unit: Unit) => number) => units.reduce((total, unit) => total + of(unit), 0);
  return {
    items,
    units,
    currency,
    subtotalMinor: sum((unit) => unit.priceMinor),
    discountMinor: sum((unit) => unit.discountMinor),
    totalMinor: sum((unit) => unit.amountMinor),
    coupon,
    couponRefusal,
  };
}

/** What the coupon takes off, and the cart lines that it applies to. */
async function askCoupon(items: CartItem[], currency: Currency, code: string | undefined) {
  const none = { coupon: null, couponRefusal: null, eligible: new Set<string>(), discountMinor: 0 };
  if (!code || items.length === 0) return none;
  try {
    const coupon = await Coupon.findOne({ where: { code } });
    if (!coupon) throw new ShopError(422, 'errors.coupon.unknown');
    const lines = items.map((item) => ({
      id: item.id,
      product: item.product!,
      amountMinor: item.totalMinor(),
    }));
    const { eligible, discountMinor } = validateCoupon(coupon, lines, currency, clock.now());
    return { coupon, couponRefusal: null, eligible: new Set(eligible.map(({ id }) => id)), discountMinor };
  } catch (error) {
    if (error instanceof ShopError) return { ...none, couponRefusal: error };
    throw error;
  }
}
