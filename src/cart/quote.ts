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
  const { coupon, couponRefusal, discounts } = await priceWithCoupon(items, currency, couponCode);
  const units = items.flatMap((item) => {
    const { priceMinor } = item.product!;
    const shares = spread(
      discounts.get(item.id) ?? 0,
      Array.from({ length: item.quantity }, () => priceMinor),
    );
    return shares.map((discountMinor) => ({
      product: item.product!,
      priceMinor,
      discountMinor,
      amountMinor: priceMinor - discountMinor,
    }));
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

/** The discount of each cart line by its id, spread over the lines that the coupon applies to. */
async function priceWithCoupon(items: CartItem[], currency: Currency, code: string | undefined) {
  const none = { coupon: null, couponRefusal: null, discounts: new Map<string, number>() };
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
    const shares = spread(
      discountMinor,
      eligible.map((line) => line.amountMinor),
    );
    const discounts = new Map(eligible.map((line, index) => [line.id, shares[index]!]));
    return { coupon, couponRefusal: null, discounts };
  } catch (error) {
    if (error instanceof ShopError) return { ...none, couponRefusal: error };
    throw error;
  }
}
