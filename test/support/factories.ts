import type { CreationAttributes } from 'sequelize';
import { newToken } from '../../src/lib/ids.js';
import {
  ContactRequest,
  Coupon,
  Order,
  Product,
  ProviderOffer,
  Purchase,
  User,
} from '../../src/models/index.js';

let count = 0;
const next = () => (count += 1);

/** A plan for sale with ten units: Airalo's, at $4.50, bought at $1.17. */
export function aProduct(values: Partial<CreationAttributes<Product>> = {}): Promise<Product> {
  const number = next();
  return Product.create({
    name: `Japan 1 GB – 7 days no. ${number}`,
    slug: `japan-1gb-7-days-${number}`,
    country: 'JP',
    duration: 7,
    dataLimit: '1GB',
    dataMb: 1024,
    priceMinor: 450,
    costMinor: 117,
    currency: 'USD',
    provider: 'Airalo',
    providerProductId: `japan-7days-1gb-no${number}`,
    stock: 10,
    ...values,
  });
}

export function anOffer(product: Product, values: Partial<CreationAttributes<ProviderOffer>> = {}) {
  return ProviderOffer.create({
    productId: product.id,
    provider: 'MobiMatter',
    providerProductId: `MM-JP-${next()}`,
    costMinor: 150,
    ...values,
  });
}

export function aCoupon(values: Partial<CreationAttributes<Coupon>> = {}) {
  return Coupon.create({
    code: `TRAVEL${next()}`,
    type: 'percentage',
    discountBasisPoints: 1000,
    validFrom: Date.now() - 1000,
    ...values,
  });
}

export function aUser(values: Partial<CreationAttributes<User>> = {}) {
  return User.create({ email: `alice${next()}@example.com`, verified: true, ...values });
}

export function aPurchase(values: Partial<CreationAttributes<Purchase>> = {}) {
  const now = Date.now();
  return Purchase.create({
    formKey: newToken(),
    userId: null,
    couponId: null,
    email: 'alice@example.com',
    canonicalEmail: 'alice@example.com',
    paymentMethod: 'card',
    currency: 'USD',
    subtotalMinor: 450,
    totalMinor: 450,
    expiresAt: now + 2_100_000,
    checkAt: now + 60_000,
    ...values,
  });
}

/** An unpaid order of a product, of a purchase of its own unless one is given. */
export async function anOrder(product: Product, values: Partial<CreationAttributes<Order>> = {}) {
  const purchaseId = values.purchaseId ?? (await aPurchase()).id;
  return Order.create({
    userId: null,
    couponId: null,
    productId: product.id,
    purchaseId,
    paymentMethod: 'card',
    paymentId: purchaseId,
    priceMinor: product.priceMinor,
    amountMinor: product.priceMinor,
    currency: product.currency,
    terms: product.terms(),
    customerEmail: 'alice@example.com',
    ...values,
  });
}

export function aContactRequest(values: Partial<CreationAttributes<ContactRequest>> = {}) {
  return ContactRequest.create({
    formKey: newToken(),
    orderId: null,
    userId: null,
    answeredById: null,
    email: 'alice@example.com',
    topic: 'connection',
    message: 'There is no network in Kyoto.',
    ...values,
  });
}
