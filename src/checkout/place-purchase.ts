import type { Cart } from '../cart/cart.js';
import { quote, type Quote } from '../cart/quote.js';
import { holdCoupon } from '../coupons/redemption.js';
import { isDuplicate, tx } from '../database.js';
import { OutOfStock, RuleBroken, ShopError } from '../errors.js';
import { MINUTE, clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { LEAST_RETURN_DAYS } from '../models/return-days.js';
import { canonicalEmail } from '../models/rules.js';
import { Order, Purchase } from '../models/index.js';
import type { CodeDelivery } from '../models/order.js';
import type { Consent, PaymentMethod } from '../models/purchase.js';
import { payPurchase } from '../payments/apply.js';
import { methodsFor, payable } from '../payments/methods.js';
import { forgetSettings, settingsNow } from '../shop/settings.js';

/** Stripe wants at least 30 minutes; the rest lets a request that got lost be repeated unchanged. */
const TIME_TO_PAY = 35 * MINUTE;
const FIRST_LOOK_AFTER = MINUTE;
/** Stripe takes 100 line items, and every order is one. */
const MOST_ORDERS = 100;

export interface Buyer {
  email: string;
  name: string | null;
  phone: string | null;
  paymentMethod: PaymentMethod;
  language: string;
  codeDelivery: CodeDelivery;
  /** Null when the code is kept behind the order's link. */
  consent: Consent | null;
  /** For how many days the buyer read that an eSIM can be given back; the law's least when they read nothing. */
  returnDays?: number;
  couponCode: string | undefined;
  ipAddress: string | null;
  userAgent: string | null;
}

/**
 * Turns a cart into a purchase with one order per eSIM, all in one transaction: stock is taken, the coupon held, the
 * prices are the database's. The same form key gives the same purchase. Throws OutOfStock, RuleBroken, or with
 * status 409 when it could be given back for fewer days than was read; then nothing was written.
 */
export async function placePurchase(formKey: string, cart: Cart, buyer: Buyer): Promise<Purchase> {
  try {
    return await tx(
      async () => (await Purchase.findOne({ where: { formKey } })) ?? place(formKey, cart, buyer),
    );
  } catch (error) {
    // The same form arrived twice at once, at two processes: the other one placed it.
    const twin =
      isDuplicate(error, 'purchases', 'form_key') && (await Purchase.findOne({ where: { formKey } }));
    if (!twin) throw error;
    return twin;
  }
}

async function place(formKey: string, cart: Cart, buyer: Buyer): Promise<Purchase> {
  const priced = await quote(await cart.items(), buyer.couponCode);
  check(priced, buyer);
  const returnDays = await daysToReturn(buyer);
  const purchase = await writePurchase(formKey, cart, buyer, priced);
  if (priced.coupon) await holdCoupon(priced.coupon.id, purchase);
  await writeOrders(purchase, priced, buyer.codeDelivery, returnDays);
  if (purchase.isFree())
    await payPurchase(purchase.id, { paymentId: `free:${purchase.id}`, receiptUrl: null, holdReason: null });
  wake();
  return purchase.reload();
}

function check(priced: Quote, buyer: Buyer) {
  const { items, units, totalMinor, currency, couponRefusal } = priced;
  if (items.length === 0) throw new RuleBroken('errors.emptyCart');
  if (couponRefusal) throw couponRefusal;
  if (units.length > MOST_ORDERS) throw new RuleBroken('errors.tooManyLines', { most: MOST_ORDERS });
  if (items.some((item) => item.product!.currency !== currency))
    throw new RuleBroken('errors.mixedCurrencies');
  for (const { product, quantity } of items) {
    if (!product!.onSale()) throw new OutOfStock(product!.name);
    if (quantity > product!.stock)
      throw new RuleBroken('errors.onlySomeLeft', { count: product!.stock, name: product!.name });
  }
  if (!methodsFor(currency).includes(buyer.paymentMethod))
    throw new RuleBroken('errors.paymentMethod', {}, 'payment_method');
  if (!payable(totalMinor, currency)) throw new RuleBroken('errors.belowMinimum');
}

/** As the row has them: what pages say may be some seconds old. More than was promised is no reason to refuse. */
async function daysToReturn({ returnDays: read = LEAST_RETURN_DAYS }: Buyer): Promise<number> {
  const { returnDays } = await settingsNow();
  if (returnDays >= read) return returnDays;
  // The page that comes next says how it is now.
  forgetSettings();
  throw new ShopError(409, 'errors.fewerReturnDays', { read, now: returnDays });
}

function writePurchase(formKey: string, cart: Cart, buyer: Buyer, priced: Quote) {
  const now = clock.now();
  const owner = cart.owner!;
  return Purchase.create({
    formKey,
    userId: 'userId' in owner ? owner.userId : null,
    guestKey: 'guestKey' in owner ? owner.guestKey : null,
    email: buyer.email,
    canonicalEmail: canonicalEmail(buyer.email),
    name: buyer.name,
    phone: buyer.phone,
    language: buyer.language,
    paymentMethod: buyer.paymentMethod,
    currency: priced.currency,
    subtotalMinor: priced.subtotalMinor,
    discountMinor: priced.discountMinor,
    totalMinor: priced.totalMinor,
    couponId: priced.coupon?.id ?? null,
    consent: buyer.consent,
    // Whole seconds, as Stripe reckons.
    expiresAt: Math.floor((now + TIME_TO_PAY) / 1000) * 1000,
    checkAt: now + FIRST_LOOK_AFTER,
    ipAddress: buyer.ipAddress,
    userAgent: buyer.userAgent?.slice(0, 300) ?? null,
  });
}

/** In the order of their products' ids, so that two checkouts lock the same rows the same way round. */
async function writeOrders(
  purchase: Purchase,
  priced: Quote,
  codeDelivery: CodeDelivery,
  returnDays: number,
) {
  const numbered = priced.units.map((unit, position) => ({ ...unit, position }));
  for (const unit of numbered.toSorted((a, b) => (a.product.id < b.product.id ? -1 : 1))) {
    await Order.create({
      userId: purchase.userId,
      productId: unit.product.id,
      purchaseId: purchase.id,
      position: unit.position,
      paymentMethod: purchase.paymentMethod,
      paymentId: purchase.id,
      codeDelivery,
      returnDays,
      priceMinor: unit.priceMinor,
      discountAmountMinor: unit.discountMinor,
      amountMinor: unit.amountMinor,
      currency: purchase.currency,
      couponId: purchase.couponId,
      terms: unit.product.terms(),
      customerEmail: purchase.email,
      customerName: purchase.name,
      customerPhone: purchase.phone,
      ipAddress: purchase.ipAddress,
      userAgent: purchase.userAgent,
    });
  }
}
