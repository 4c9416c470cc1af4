import { AccountLink } from './account-link.js';
import { AuditLog } from './audit-log.js';
import { AutomationLog } from './automation-log.js';
import { CartItem } from './cart-item.js';
import { ContactRequest } from './contact-request.js';
import { Coupon } from './coupon.js';
import { CouponRedemption } from './coupon-redemption.js';
import { Customer } from './customer.js';
import { EmailLog } from './email-log.js';
import { Export } from './export.js';
import { FulfilmentAttempt } from './fulfilment-attempt.js';
import { Order } from './order.js';
import { OrderLink } from './order-link.js';
import { PriceListUpload } from './price-list-upload.js';
import { Product } from './product.js';
import { ProviderAccount } from './provider-account.js';
import { ProviderOffer } from './provider-offer.js';
import { ProviderSyncLog } from './provider-sync-log.js';
import { Purchase } from './purchase.js';
import { RateLimit } from './rate-limit.js';
import { RecoveryCode } from './recovery-code.js';
import { Refund } from './refund.js';
import { ReturnedEsim } from './returned-esim.js';
import { Review } from './review.js';
import { ReviewVote } from './review-vote.js';
import { Session } from './session.js';
import { ShopSettings } from './shop-settings.js';
import { User } from './user.js';
import { WebhookEvent } from './webhook-event.js';
import { Wishlist } from './wishlist.js';
import './delivered-or-refunded.js';

/** How the tables belong together. The cascades themselves are the database's (migrations/). */

User.hasMany(Order, { as: 'orders', foreignKey: 'userId' });
User.hasMany(Review, { as: 'reviews', foreignKey: 'userId' });
User.hasMany(CartItem, { as: 'cartItems', foreignKey: 'userId' });
User.hasMany(Wishlist, { as: 'wishlist', foreignKey: 'userId' });
AuditLog.belongsTo(User, { as: 'actor', foreignKey: 'actorId' });
AccountLink.belongsTo(User, { as: 'user', foreignKey: 'userId' });

Product.hasMany(ProviderOffer, { as: 'offers', foreignKey: 'productId' });
Product.hasMany(Order, { as: 'orders', foreignKey: 'productId' });
Product.hasMany(Review, { as: 'reviews', foreignKey: 'productId' });
CartItem.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
Wishlist.belongsTo(Product, { as: 'product', foreignKey: 'productId' });

Purchase.hasMany(Order, { as: 'orders', foreignKey: 'purchaseId' });
Purchase.belongsTo(Coupon, { as: 'coupon', foreignKey: 'couponId' });
CouponRedemption.belongsTo(Purchase, { as: 'purchase', foreignKey: 'purchaseId' });
Purchase.hasOne(CouponRedemption, { as: 'redemption', foreignKey: 'purchaseId' });

Order.belongsTo(Purchase, { as: 'purchase', foreignKey: 'purchaseId' });
Order.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
Order.belongsTo(User, { as: 'user', foreignKey: 'userId' });
Order.hasMany(FulfilmentAttempt, { as: 'attempts', foreignKey: 'orderId' });
Order.hasMany(AutomationLog, { as: 'timeline', foreignKey: 'orderId' });
Order.hasMany(EmailLog, { as: 'emails', foreignKey: 'orderId' });
Order.hasMany(OrderLink, { as: 'links', foreignKey: 'orderId' });
Order.hasOne(Refund, { as: 'refund', foreignKey: 'orderId' });
ReturnedEsim.belongsTo(Order, { as: 'returnedBy', foreignKey: 'returnedById' });
Refund.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
FulfilmentAttempt.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
AutomationLog.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
EmailLog.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
EmailLog.belongsTo(Purchase, { as: 'purchase', foreignKey: 'purchaseId' });
ContactRequest.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });

Review.belongsTo(User, { as: 'user', foreignKey: 'userId' });
Review.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
Review.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
Review.hasMany(ReviewVote, { as: 'votes', foreignKey: 'reviewId' });

export {
  AccountLink,
  AuditLog,
  AutomationLog,
  CartItem,
  ContactRequest,
  Coupon,
  CouponRedemption,
  Customer,
  EmailLog,
  Export,
  FulfilmentAttempt,
  Order,
  OrderLink,
  PriceListUpload,
  Product,
  ProviderAccount,
  ProviderOffer,
  ProviderSyncLog,
  Purchase,
  RateLimit,
  RecoveryCode,
  Refund,
  ReturnedEsim,
  Review,
  ReviewVote,
  Session,
  ShopSettings,
  User,
  WebhookEvent,
  Wishlist,
};
