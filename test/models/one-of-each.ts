import {
  AccountLink,
  AuditLog,
  AutomationLog,
  CartItem,
  CouponRedemption,
  Customer,
  EmailLog,
  Export,
  OrderLink,
  ProviderAccount,
  PriceListUpload,
  ProviderSyncLog,
  RateLimit,
  RecoveryCode,
  Review,
  ReturnedEsim,
  ReviewVote,
  Session,
  ShopSettings,
  WebhookEvent,
  Wishlist,
} from '../../src/models/index.js';
import type { Order } from '../../src/models/index.js';
import { aContactRequest, aCoupon, anOffer, aProduct, aPurchase, aUser } from '../support/factories.js';
import { aDeliveredOrder, aFailedOrder, anAttempt, aRefund } from '../support/orders.js';

/** A row of every table, each with all the references that it can have. */
export async function oneOfEach() {
  const user = await aUser({ name: 'Alice' });
  const product = await aProduct({ coverage: ['JP', 'KR'], features: ['Hotspot'] });
  const coupon = await aCoupon({ applicableProducts: [product.id], applicableCountries: ['JP'] });
  const purchase = await aPurchase({ userId: user.id, couponId: coupon.id });
  const [userId, productId, purchaseId] = [user.id, product.id, purchase.id];
  const order = await aDeliveredOrder(product, { userId, purchaseId, couponId: coupon.id });
  const review = await Review.create({
    orderId: order.id,
    userId,
    productId,
    rating: 4,
    content: 'Works.',
  });
  await review.approve();
  const vote = await ReviewVote.create({ reviewId: review.id, userId: (await aUser()).id });
  await review.reject('Advertising', userId);
  await review.answer('Thank you!', userId);
  const contactRequest = await aContactRequest({ orderId: order.id, userId, answeredById: userId });
  const redeemer = 'email:alice@example.com';
  return {
    User: user,
    Customer: await Customer.create({ userId, email: user.email }),
    Session: await Session.create({ sid: 'a-session', userId, data: '{}', expiresAt: 1 }),
    AccountLink: await AccountLink.create({
      userId,
      purpose: 'verify_email',
      email: user.email,
      tokenHash: 'b'.repeat(64),
      expiresAt: 1,
    }),
    RateLimit: await RateLimit.create({ key: 'a-key', used: 1, endsAt: 1 }),
    RecoveryCode: await RecoveryCode.create({ userId, codeHash: 'c'.repeat(64) }),
    ShopSettings: await ShopSettings.create({
      shopName: 'Wander',
      supportEmail: 'help@example.com',
      returnDays: 30,
      alertEmails: ['boss@example.com'],
    }),
    AuditLog: await AuditLog.create({
      actorId: userId,
      action: 'update',
      entity: 'coupons',
      entityId: coupon.id,
    }),
    Product: product,
    ProviderOffer: await anOffer(product),
    ProviderAccount: await ProviderAccount.create({ provider: 'Airalo', position: 3 }),
    PriceListUpload: await PriceListUpload.create({
      uploadedById: userId,
      fileName: 'prices.csv',
      content: 'name',
      preview: {},
      seen: {},
    }),
    ProviderSyncLog: await ProviderSyncLog.create({ provider: 'Airalo', status: 'running' }),
    CartItem: await CartItem.create({ userId, productId, quantity: 1 }),
    Wishlist: await Wishlist.create({ userId, productId }),
    Coupon: coupon,
    Purchase: purchase,
    CouponRedemption: await CouponRedemption.create({ couponId: coupon.id, purchaseId, redeemer, slot: 1 }),
    Order: order,
    OrderLink: await OrderLink.create({ orderId: order.id, tokenHash: 'a'.repeat(64), expiresAt: 1 }),
    FulfilmentAttempt: await anAttempt(order, { costMinor: 117, state: 'succeeded', settledById: userId }),
    Refund: await aRefund(await aFailedOrder()),
    ReturnedEsim: await aReturnedEsim(order),
    EmailLog: await EmailLog.create({
      orderId: order.id,
      purchaseId,
      userId,
      contactRequestId: contactRequest.id,
      reviewId: review.id,
      kind: 'esim_ready',
      dedupeKey: 'esim_ready:1',
      messageId: '<1@shop>',
      recipient: user.email,
    }),
    ContactRequest: contactRequest,
    WebhookEvent: await WebhookEvent.create({
      source: 'stripe',
      eventId: 'evt_1',
      type: 'refund.updated',
      payload: {},
    }),
    AutomationLog: await AutomationLog.findOne({ where: { orderId: order.id }, rejectOnEmpty: true }),
    Export: await Export.create({ actorId: userId, kind: 'orders', rowsTotal: 1 }),
    Review: review,
    ReviewVote: vote,
  };
}

async function aReturnedEsim(soldTo: Order) {
  const esim = await ReturnedEsim.takeFrom(await aDeliveredOrder(undefined, { codeDelivery: 'link' }));
  await esim.sellTo(soldTo);
  return esim;
}

export type OneOfEach = Awaited<ReturnType<typeof oneOfEach>>;
