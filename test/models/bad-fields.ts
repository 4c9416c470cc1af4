import type { OneOfEach } from './one-of-each.js';

/** What hook and database refuse: the values, the key of the sentence, and how the database says it when not by a CHECK. */
export type Bad = [values: Record<string, unknown>, key: string, wall?: 'foreign key' | 'type'];

const long = (most: number) => 'x'.repeat(most + 1);

const EMAILS = [
  'alice',
  'a@b.c',
  'alice@',
  'a@example',
  'a@b@example.com',
  'a..b@example.com',
  '.a@example.com',
]
  .concat([
    'a.@example.com',
    'a@.example.com',
    'a@example..com',
    'a@example.com.',
    'a@-example.com',
    'a@example.com-',
  ])
  .concat([
    'a,b@example.com',
    '<a@example.com>',
    'a b@example.com',
    'a@exämple.com',
    `${long(250)}@example.com`,
  ])
  .concat(['a@example.com\nBcc: b@example.com', '"a"@example.com', 'a@(x)example.com']);

const THROWN_AWAY = [
  'a@tempmail.com',
  'a@guerrillamail.com',
  'a@mailinator.com',
  'a@10minutemail.com',
  'a@yopmail.com',
];

const emails = (column: string, some = EMAILS.slice(0, 4)): Bad[] => [
  ...some.map((email): Bad => [{ [column]: email }, 'errors.email']),
  ...THROWN_AWAY.slice(0, some.length).map((email): Bad => [{ [column]: email }, 'errors.emailDisposable']),
];

const names = (column: string): Bad[] =>
  ['', '  \t', long(200)].map((name) => [{ [column]: name }, 'errors.name']);

const phones = (column: string): Bad[] =>
  [
    '',
    '+',
    '7',
    '+7',
    '0101234',
    '+0123',
    '1234567890123456',
    '+1234567890123456',
    '+82a10',
    '++8210',
    '８２10',
  ].map((phone) => [{ [column]: phone }, 'errors.phone']);

const texts = (column: string, most: number, key: string): Bad[] =>
  ['', '   ', long(most)].map((text) => [{ [column]: text }, key]);

const numbers = (column: string, key: string, ...bad: number[]): Bad[] =>
  bad.map((number) => [{ [column]: number }, key]);

const lists = (column: string, key: string): Bad[] => [
  [{ [column]: { a: 1 } }, key],
  [{ [column]: 'JP' }, key, 'type'],
];

const pictures = [
  'javascript:alert(1)',
  'http://example.com/a.png',
  'HTTPS://example.com',
  'https://',
  '/',
  '//evil.example',
].concat(['/\\evil.example', 'picture.png', '', 'https://example.com/a b.png', `/${long(500)}`]);

const choices = (column: string, key = 'errors.oneOf'): Bad => [{ [column]: 'another' }, key];

export const BAD: Partial<Record<keyof OneOfEach, Bad[]>> = {
  User: [
    ...emails('email', EMAILS),
    ...names('name'),
    choices('role'),
    [{ twoStepSecret: 'sealed', twoStepUsed: 1 }, 'errors.twoStep.ofStaff'],
    [{ twoStepUsed: 1 }, 'errors.twoStep.ofStaff'],
  ],
  RecoveryCode: [[{ codeHash: 'short' }, 'errors.oneOf']],
  ShopSettings: [
    ...texts('shopName', 60, 'errors.settings.shopName'),
    ...EMAILS.slice(0, 3).map((supportEmail): Bad => [{ supportEmail }, 'errors.email']),
    ...numbers('returnDays', 'errors.settings.returnDays', 13, 61),
    ...lists('alertEmails', 'errors.settings.alertEmails'),
  ],
  AccountLink: [choices('purpose'), ...emails('email'), [{ tokenHash: 'short' }, 'errors.oneOf']],
  RateLimit: numbers('used', 'errors.whole', -1),
  Customer: [
    ...emails('email'),
    ...names('name'),
    ...phones('phone'),
    ...numbers('totalOrders', 'errors.whole', -1),
  ],
  Product: [
    ...texts('name', 200, 'errors.product.name'),
    ...['', 'Japan', 'japan-', '-japan', 'japan--1gb', 'japan 1gb', 'japan\n', 'japón', long(200)].map(
      (slug): Bad => [{ slug }, 'errors.slug'],
    ),
    ...['ZZ', 'jp', 'XK', 'JPN', ''].map((country): Bad => [{ country }, 'errors.country', 'foreign key']),
    choices('region', 'errors.product.region'),
    ...lists('coverage', 'errors.country'),
    ...numbers('duration', 'errors.product.duration', 0, -1),
    ...texts('dataLimit', 50, 'errors.product.dataLimit'),
    ...numbers('dataMb', 'errors.product.dataMb', 0),
    ...numbers('priceMinor', 'errors.product.priceAboveCost', 117, 0),
    ...numbers('priceMinor', 'errors.product.price', 1_000_001),
    ...numbers('costMinor', 'errors.product.cost', -1),
    choices('currency', 'errors.currency'),
    choices('provider', 'errors.provider'),
    ...texts('providerProductId', 200, 'errors.product.sku'),
    ...numbers('stock', 'errors.product.stock', -1),
    ...pictures.map((imageUrl): Bad => [{ imageUrl }, 'errors.picture']),
    [{ description: long(5000) }, 'errors.product.description'],
    ...lists('features', 'errors.product.list'),
    ...lists('supportedNetworks', 'errors.product.list'),
    ...['speed', 'hotspot', 'topUp', 'kyc', 'phoneNumber'].map((fact): Bad => [
      { [fact]: long(200) },
      'errors.product.fact',
    ]),
    [{ fairUse: long(500) }, 'errors.product.fact'],
    [{ apn: long(100) }, 'errors.product.fact'],
    choices('activationPolicy', 'errors.product.fact'),
    ...numbers('installWithinDays', 'errors.product.duration', 0),
    ...numbers('ratingCount', 'errors.whole', -1),
    [{ archivedAt: '2026-11-22 10:00:00.000 +00:00' }, 'errors.product.archived'],
  ],
  PriceListUpload: [
    ...texts('fileName', 200, 'errors.plans.list.fileName'),
    choices('state'),
    ...numbers('plansDone', 'errors.whole', -1),
  ],
  ProviderOffer: [
    choices('provider', 'errors.provider'),
    ...texts('providerProductId', 200, 'errors.product.sku'),
    ...numbers('costMinor', 'errors.product.cost', -1),
  ],
  ProviderAccount: [
    choices('provider', 'errors.provider'),
    ...numbers('position', 'errors.whole', 0),
    ...numbers('lowBalanceMinor', 'errors.amount', -1),
  ],
  ProviderSyncLog: [choices('provider', 'errors.provider'), choices('status')],
  CartItem: [
    ...numbers('quantity', 'errors.quantity', 0, 21, -1),
    [{ guestKey: 'a-guest' }, 'errors.owner'],
    [{ userId: null }, 'errors.owner'],
  ],
  Wishlist: [
    ...numbers('priceMinor', 'errors.amount', -1),
    choices('currency', 'errors.currency'),
    [{ guestKey: 'a-guest' }, 'errors.owner'],
    [{ userId: null }, 'errors.owner'],
  ],
  Coupon: [
    ...['', 'ABCDE', 'A'.repeat(13), 'SUMMER 26', 'SUMMER-26', 'SÜMMER'].map((code): Bad => [
      { code },
      'errors.couponCode',
    ]),
    [{ type: 'gift', discountBasisPoints: null }, 'errors.coupon.type'],
    ...numbers('discountBasisPoints', 'errors.coupon.percentage', 0, -1, 10_001),
    [{ discountBasisPoints: null }, 'errors.coupon.percentage'],
    [{ type: 'fixed', discountValueMinor: 500, currency: 'USD' }, 'errors.coupon.percentage'],
    [{ discountValueMinor: 500, currency: 'USD' }, 'errors.coupon.fixed'],
    ...[0, -1].map((discountValueMinor): Bad => [
      { type: 'fixed', discountBasisPoints: null, discountValueMinor, currency: 'USD' },
      'errors.coupon.fixed',
    ]),
    [{ type: 'fixed', discountBasisPoints: null, discountValueMinor: 500 }, 'errors.coupon.currencyMissing'],
    [{ minPurchaseAmountMinor: 100 }, 'errors.coupon.currencyMissing'],
    [{ maxDiscountAmountMinor: 100 }, 'errors.coupon.currencyMissing'],
    choices('currency', 'errors.currency'),
    [{ minPurchaseAmountMinor: -1, currency: 'USD' }, 'errors.coupon.limit'],
    [{ maxDiscountAmountMinor: -1, currency: 'USD' }, 'errors.coupon.limit'],
    ...['usageLimit', 'usageCount', 'userUsageLimit'].flatMap((limit) =>
      numbers(limit, 'errors.coupon.limit', -1),
    ),
    ...lists('applicableProducts', 'errors.coupon.unknownPlan'),
    ...lists('applicableCountries', 'errors.country'),
    [{ validUntil: 1 }, 'errors.coupon.dates'],
    [{ validFrom: 2, validUntil: 2 }, 'errors.coupon.dates'],
  ],
  Purchase: [
    ...['a'.repeat(15), long(64)].map((formKey): Bad => [{ formKey }, 'errors.formExpired']),
    choices('state'),
    ...emails('email'),
    ...emails('canonicalEmail'),
    ...names('name'),
    ...phones('phone'),
    choices('paymentMethod', 'errors.paymentMethod'),
    choices('currency', 'errors.currency'),
    ...numbers('sessionAttempt', 'errors.whole', 0),
    [{ state: 'paid', paidAt: null }, 'errors.paidAt'],
    [{ totalMinor: 449 }, 'errors.frozen'],
    [{ discountMinor: -5, totalMinor: 455 }, 'errors.amount'],
    [{ subtotalMinor: -5, totalMinor: -5 }, 'errors.amount'],
  ],
  CouponRedemption: [...numbers('slot', 'errors.whole', 0), choices('state')],
  Order: [
    choices('provider', 'errors.provider'),
    ...['', 'x'.repeat(36), '0'.repeat(36), 'ABCDEF00-0000-4000-8000-000000000000'].map((publicId): Bad => [
      { publicId },
      'errors.order.id',
    ]),
    choices('status'),
    [{ status: 'pending', paymentStatus: 'another' }, 'errors.oneOf'],
    [{ status: 'pending', stockState: 'another' }, 'errors.oneOf'],
    choices('paymentMethod', 'errors.paymentMethod'),
    [{ paymentId: '' }, 'errors.required'],
    [{ paymentId: long(255) }, 'errors.required'],
    choices('currency', 'errors.currency'),
    choices('codeDelivery', 'errors.codeDelivery'),
    ...numbers('returnDays', 'errors.settings.returnDays', 13, 61),
    [{ esimActivationCode: '' }, 'errors.order.noCode'],
    ...emails('customerEmail'),
    ...names('customerName'),
    ...phones('customerPhone'),
    ...numbers('retryCount', 'errors.whole', -1),
    [{ amountMinor: 449 }, 'errors.frozen'],
    [{ discountAmountMinor: -5, amountMinor: 455 }, 'errors.amount'],
    [{ priceMinor: -5, amountMinor: -5 }, 'errors.amount'],
    [{ paymentStatus: 'failed' }, 'errors.illegalMove'],
    [{ status: 'refunded' }, 'errors.order.halfRefunded'],
    [{ stockState: 'held' }, 'errors.illegalMove'],
  ],
  OrderLink: [[{ tokenHash: 'short' }, 'errors.oneOf']],
  FulfilmentAttempt: [
    ...numbers('number', 'errors.whole', 0),
    choices('provider', 'errors.provider'),
    choices('state'),
    ...numbers('costMinor', 'errors.amount', -1),
  ],
  Refund: [
    ...numbers('amountMinor', 'errors.amount', 0, -1),
    choices('currency', 'errors.currency'),
    choices('reason'),
    choices('state'),
    ...numbers('attempt', 'errors.whole', 0),
  ],
  ReturnedEsim: [[{ activationCode: '' }, 'errors.order.noCode']],
  ContactRequest: [
    ...EMAILS.slice(0, 3).map((email): Bad => [{ email }, 'errors.email']),
    choices('topic', 'errors.contact.topic'),
    ...['', long(100)].map((orderNumber): Bad => [{ orderNumber }, 'errors.contact.orderNumber']),
    ...['', long(100)].map((device): Bad => [{ device }, 'errors.contact.device']),
    ...['', long(4000)].map((message): Bad => [{ message }, 'errors.contact.message']),
    choices('state'),
    [{ state: 'answered' }, 'errors.contact.answer'],
    [{ answer: 'Yes' }, 'errors.contact.answer'],
    [{ answer: long(4000), answeredAt: '2026-11-22 10:00:00.000 +00:00' }, 'errors.contact.answer'],
  ],
  EmailLog: [choices('status')],
  Export: [
    choices('kind', 'errors.exports.kind'),
    choices('state'),
    ...numbers('rowsTotal', 'errors.whole', -1),
    ...numbers('rowsDone', 'errors.whole', -1),
  ],
  WebhookEvent: [choices('source'), choices('state')],
  Review: [
    ...numbers('rating', 'errors.review.rating', 0, 6),
    [{ title: long(100) }, 'errors.review.title'],
    ...texts('content', 1000, 'errors.review.content'),
    ...lists('images', 'errors.picture'),
    ...numbers('helpfulCount', 'errors.whole', -1),
    ...['', long(500)].map((rejectionReason): Bad => [{ rejectionReason }, 'errors.review.reason']),
    ...texts('reply', 1000, 'errors.desk.reply'),
    [{ reply: 'Take LPA:1$smdp.example$CODE' }, 'errors.desk.reply'],
    [{ reply: 'Thank you!', repliedAt: null, repliedById: null }, 'errors.desk.reply'],
    [{ repliedAt: null }, 'errors.desk.reply'],
    [{ rejectionReason: null }, 'errors.review.rejected'],
    [{ rejectedAt: null }, 'errors.review.rejected'],
    [{ isApproved: true }, 'errors.review.rejected'],
  ],
};
