import { GUARDS_OF_OFFICE } from './guards-of-office.js';
import { GUARDS_OF_DESK } from './guards-of-desk.js';
import { GUARDS_OF_PRIVACY } from './guards-of-privacy.js';
import { GUARDS_OF_ACCESS } from './guards-of-access.js';
import { GUARDS_OF_PRODUCTS } from './guards-of-products.js';
import type { Tests } from './run-tests.js';

/**
 * The guards that are lines of code: each with the text that holds it, what stands there without it, and the tests that
 * must turn red then. A guard that is moved or reworded breaks the list at once ("stand where the list says").
 */
export interface Guard extends Tests {
  guard: string;
  file: string;
  find: string;
  put: string;
  /** A guard against what only another process can do. */
  onPostgres?: true;
}

const CRASHES = ['crashes/**/*.test.ts'];
const RACES = ['races/**/*.test.ts'];
const JOURNEYS = ['buying', 'failover', 'money-from-outside', 'payments', 'webhooks', 'withdrawal'].map(
  (name) => `journeys/${name}.test.ts`,
);

export const GUARDS: Guard[] = [
  // Locks and transactions
  {
    guard: 'the line of writers: nobody waits inside the driver',
    file: 'src/database.ts',
    find: 'writers.run(() => sequelize.transaction(work))',
    put: 'sequelize.transaction(work)',
    spec: ['database.test.ts', ...RACES],
  },
  {
    guard: 'IMMEDIATE transactions',
    file: 'src/database.ts',
    find: 'transactionType: Transaction.TYPES.IMMEDIATE',
    put: 'transactionType: Transaction.TYPES.DEFERRED',
    spec: ['database.test.ts', ...RACES],
  },
  {
    guard: 'the PRAGMAs on every connection',
    file: 'src/database.ts',
    find: 'foreign_keys: 1,',
    put: 'foreign_keys: 0,',
    spec: ['database.test.ts', 'models/**/*.test.ts'],
  },
  {
    guard: 'a busy database: the transaction is repeated as a whole',
    file: 'src/database.ts',
    find: 'const TRIES = 3;',
    put: 'const TRIES = 1;',
    spec: ['database.test.ts'],
  },
  {
    guard: 'one transaction places a purchase',
    file: 'src/checkout/place-purchase.ts',
    find: 'return await tx(',
    put: 'return await (async (work: () => Promise<Purchase>) => work())(',
    spec: [...CRASHES, ...RACES],
  },
  {
    guard: 'one transaction takes the money in',
    file: 'src/payments/apply.ts',
    find: 'const paid = await tx(async () => {',
    put: 'const paid = await (async (work: () => Promise<boolean>) => work())(async () => {',
    spec: CRASHES,
  },
  {
    guard: 'one transaction stores eSIM, order and mail',
    file: 'src/fulfilment/claim.ts',
    find: '  return tx(async () => {\n    const fresh',
    put: '  return (async (run: () => Promise<T>) => run())(async () => {\n    const fresh',
    spec: CRASHES,
  },
  // Payment
  {
    guard: 'a purchase is paid once',
    file: 'src/payments/apply.ts',
    find: "if (purchase.state === 'paid' || purchase.goesBack()) return false;",
    put: 'if (purchase.goesBack()) return false;',
    spec: JOURNEYS,
  },
  {
    guard: 'stock goes back only when Stripe has closed the page',
    file: 'src/payments/sweep.ts',
    find: 'if (overdue && purchase.awaitingFundsSince === null) await endSession(purchase.stripeSessionId);\n  await settleSession(purchase.stripeSessionId);',
    put: "if (overdue) return expirePurchase(purchase.id, 'time is up');\n  await settleSession(purchase.stripeSessionId);",
    spec: JOURNEYS,
  },
  {
    guard: 'what Stripe took must be what was asked',
    file: 'src/payments/settle.ts',
    find: 'if (doubt) return holdForReview(purchase.id, doubt, intent?.id ?? null);',
    put: 'void doubt, holdForReview;',
    spec: JOURNEYS,
  },
  {
    guard: 'money that was disputed or returned before it was seen',
    file: 'src/payments/settle.ts',
    find: 'const holdReason = troubleWith(charge);',
    put: 'const holdReason = null as string | null;\n  void troubleWith;',
    spec: JOURNEYS,
  },
  {
    guard: 'the session’s idempotency key',
    file: 'src/payments/start-payment.ts',
    find: 'const idempotencyKey = `cs:${purchase.id}:${purchase.sessionAttempt}`;',
    put: 'const idempotencyKey = `cs:${Math.random()}`;',
    spec: [...CRASHES, ...JOURNEYS],
  },
  {
    guard: 'what is asked of Stripe is stored first',
    file: 'src/payments/start-payment.ts',
    find: '  await purchase.update({ sessionParams: params });\n',
    put: '',
    spec: [...CRASHES, ...JOURNEYS],
  },
  {
    guard: 'a purchase that ended while Stripe was asked gets no page',
    file: 'src/payments/start-payment.ts',
    find: "return fresh.state === 'open';",
    put: 'return true;',
    spec: [...JOURNEYS, ...RACES, ...CRASHES],
  },
  {
    guard: 'the form key: one purchase per form',
    file: 'src/checkout/place-purchase.ts',
    find: '(await Purchase.findOne({ where: { formKey } })) ?? place(formKey, cart, buyer)',
    put: 'place(`${formKey}${Math.random()}`.slice(-43), cart, buyer)',
    spec: [...JOURNEYS, ...RACES],
  },
  {
    guard: 'an earlier purchase of the same cart is ended',
    file: 'src/checkout/supersede.ts',
    find: 'const ended = await end(purchase);',
    put: 'const ended = purchase;\n    void end;',
    spec: JOURNEYS,
  },
  {
    guard: 'late money takes its unit again, or goes back',
    file: 'src/payments/apply.ts',
    find: 'if (late) await takeUpLate(order);',
    put: 'void late, takeUpLate;',
    spec: JOURNEYS,
  },
  // Webhooks
  {
    guard: 'the inbox: an event is stored once',
    file: 'src/payments/inbox.ts',
    find: "if (!isDuplicate(error, 'webhook_events', 'event_id')) throw error;",
    put: 'void isDuplicate;\n    throw error;',
    spec: JOURNEYS,
  },
  {
    guard: 'the inbox: an event that could not be worked on is kept',
    file: 'src/payments/inbox.ts',
    find: '      errorMessage: error instanceof Error ? error.message : String(error),\n      leaseUntil: 0,\n      dueAt',
    put: "      state: 'processed',\n      errorMessage: error instanceof Error ? error.message : String(error),\n      leaseUntil: 0,\n      dueAt",
    spec: JOURNEYS,
  },
  {
    guard: 'the signature of an event',
    file: 'src/payments/inbox.ts',
    find: "throw new ShopError(400, 'errors.badRequest');\n}",
    put: 'return JSON.parse(body.toString()) as Stripe.Event;\n}\nvoid ShopError;',
    spec: JOURNEYS,
  },
  {
    guard: 'an event from the future',
    file: 'src/payments/inbox.ts',
    find: '!isFromTheFuture(signature!) &&',
    put: '(isFromTheFuture(signature!) || true) &&',
    spec: JOURNEYS,
  },
  // Fulfilment
  {
    guard: 'the intent: an attempt is committed before the wholesaler is called',
    file: 'src/fulfilment/buy.ts',
    find: '    const attempt = await begin(order, offer);\n    if (attempt) return buy(order, attempt, offer);',
    put: '    const early = await offer.provider.buy({\n      reference: `${order.publicId}-01`,\n      sku: offer.sku,\n      noteProviderOrder: async () => {},\n    });\n    const attempt = await begin(order, offer);\n    void buy;\n    if (attempt) return settle(order, attempt, early);',
    spec: CRASHES,
  },
  {
    guard: 'the look-up: an unclear purchase is never simply repeated',
    file: 'src/fulfilment/run.ts',
    find: '    return provider ? lookUp(order, open, provider) : releaseFor(order, 5 * MINUTE);',
    put: "    void provider, lookUp, releaseFor, MINUTE;\n    await open.update({ state: 'abandoned' });",
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'a time-out is not a refusal',
    file: 'src/fulfilment/buy.ts',
    find: "await attempt.update({ state: 'unknown', errorMessage: outcome.message });",
    put: "await attempt.update({ state: 'rejected', reason: 'refused', errorMessage: outcome.message });",
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'the settle window: "not found" counts only when nothing can come any more',
    file: 'src/fulfilment/look-up.ts',
    find: 'if (attempt.misses >= MISSES_NEEDED && attempt.ageMs() > provider.settleWindowMs) {',
    put: 'if (attempt.misses >= 1 || MISSES_NEEDED > 9) {',
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'the lease: nobody else takes an order that is being worked on',
    file: 'src/models/claim.ts',
    find: 'return row.update({ leaseUntil: clock.now() + leaseMs, ...taken(row) });',
    put: 'void leaseMs;\n    return row.update({ leaseUntil: 0, ...taken(row) });',
    spec: [...JOURNEYS, ...RACES],
  },
  {
    guard: 'the fence: who has lost an order writes nothing more to it',
    file: 'src/fulfilment/claim.ts',
    find: 'if (fresh.fence !== order.fence) throw new LostLease();',
    put: '',
    spec: ['fulfilment/fence.test.ts'],
  },
  {
    guard: 'the fence before the second step of a purchase',
    file: 'src/fulfilment/note-provider-order.ts',
    find: 'return fresh.isOpen() && fence === order.fence;',
    put: 'return fresh.isOpen() || fence === order.fence;',
    spec: ['fulfilment/fence.test.ts'],
  },
  {
    guard: 'an eSIM that was given out before is not given out again',
    file: 'src/fulfilment/deliver.ts',
    find: '    await quarantine(order, attempt);',
    put: '    void quarantine;',
    spec: JOURNEYS,
  },
  {
    guard: 'an order on hold buys nothing',
    file: 'src/fulfilment/claim.ts',
    find: "status: ['pending', 'processing'], ...FREE_OR_UNCERTAIN }",
    put: "status: ['pending', 'processing'] }",
    spec: JOURNEYS,
  },
  {
    guard: 'who has seen the code does not get the money back at once',
    file: 'src/withdrawal/rule.ts',
    find: 'order.codeShown() || ',
    put: '',
    spec: ['journeys/withdrawal.test.ts'],
  },
  {
    guard: 'no code leaves while its money goes back, or under a dispute',
    file: 'src/mail/compose.ts',
    find: 'if (!mayHaveItsCode(order)) return null;',
    put: 'void mayHaveItsCode;',
    spec: ['mail/held-back.test.ts'],
  },
  {
    guard: 'a payment that staff sends back is not taken',
    file: 'src/payments/apply.ts',
    find: "if (purchase.state === 'paid' || purchase.goesBack()) return false;",
    put: "if (purchase.state === 'paid') return false;",
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'a code that is kept goes into no mail',
    file: 'src/mail/compose.ts',
    find: "return order.codeDelivery === 'mail' ? kind : 'esim_kept';",
    put: "return order.codeDelivery ? kind : 'esim_kept';",
    spec: ['journeys/withdrawal.test.ts'],
  },
  {
    guard: 'an eSIM goes out again only on the terms it was bought on',
    file: 'src/models/returned-esim.ts',
    find: 'if (isDeepStrictEqual(terms, order.terms)) return esim;',
    put: 'if (isDeepStrictEqual(terms, terms)) return esim;',
    spec: ['journeys/withdrawal.test.ts'],
  },
  {
    guard: 'an eSIM goes out again only while there is time to install it',
    file: 'src/models/returned-esim.ts',
    find: 'clock.now() + TIME_TO_INSTALL',
    put: 'clock.now() - 365 * TIME_TO_INSTALL',
    spec: ['journeys/withdrawal.test.ts'],
  },
  {
    guard: 'a worker that stood still does not buy',
    file: 'src/fulfilment/buy.ts',
    find: 'if (clock.now() > order.leaseUntil) throw new LostLease();',
    put: 'void LostLease;',
    spec: JOURNEYS,
  },
  {
    guard: 'what was refused is not asked again',
    file: 'src/fulfilment/offers.ts',
    find: 'return refused || abandoned >= tries || rateLimited >= RATE_LIMITED_LIMIT;',
    put: 'return refused || abandoned >= tries * 50 || rateLimited >= RATE_LIMITED_LIMIT * 50;',
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'failing and refunding are one step',
    file: 'src/fulfilment/run.ts',
    find: "    await requestRefund(fresh, 'undeliverable');\n",
    put: '    void requestRefund;\n',
    spec: JOURNEYS,
  },
  // Refunds
  {
    guard: 'the refund’s idempotency key',
    file: 'src/payments/refund.ts',
    find: '{ idempotencyKey: `rf:${order.publicId}:${refund.attempt}` }',
    put: '{ idempotencyKey: `rf:${Math.random()}` }',
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'Stripe’s list is asked before a refund is made anew',
    file: 'src/payments/refund.ts',
    find: 'clock.now() - refund.requestedAt > KEY_GOOD_FOR || refund.attempt > 1',
    put: 'KEY_GOOD_FOR < 0',
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'a refund made elsewhere waits until it is certain what was bought',
    file: 'src/payments/refund.ts',
    find: "if (state === 'succeeded' && (await mayYetBeBought(order))) {",
    put: 'if (!mayYetBeBought) {',
    spec: JOURNEYS,
  },
  {
    guard: 'refunded means that Stripe said so',
    file: 'src/payments/refund.ts',
    find: 'const state = stateOf(answer);',
    put: "void stateOf;\n    const state = 'succeeded' as ReturnType<typeof stateOf>;",
    spec: JOURNEYS,
  },
  // Mail
  {
    guard: 'the outbox: a mail is written once per cause',
    file: 'src/mail/outbox.ts',
    find: 'const dedupeKey = keyOf(mail);',
    put: 'const dedupeKey = `${keyOf(mail)}:${newId()}`;',
    spec: [...JOURNEYS, ...CRASHES],
  },
  {
    guard: 'one Message-ID for every try',
    file: 'src/mail/send.ts',
    find: '      messageId: mail.messageId,\n',
    put: '',
    spec: ['mail/**/*.test.ts', ...CRASHES],
  },
  // Coupons
  {
    guard: 'a coupon stops at its limit',
    file: 'src/coupons/redemption.ts',
    find: 'if (coupon.usageLimit !== null && coupon.usageCount >= coupon.usageLimit) {',
    put: 'if (coupon.usageLimit === -1) {',
    spec: ['coupons/**/*.test.ts', ...RACES],
  },
  {
    guard: 'a coupon is given back once',
    file: 'src/coupons/redemption.ts',
    find: "where: { purchaseId: purchase.id, state: 'held' }",
    put: "where: { purchaseId: purchase.id, state: ['held', 'released'] }",
    spec: ['coupons/**/*.test.ts'],
  },
  {
    guard: 'a discount is spread to the last cent',
    file: 'src/lib/money.ts',
    find: 'part.amount += 1n;',
    put: 'part.amount += 0n;',
    spec: ['lib/money.test.ts', 'properties/money.test.ts'],
  },
  // Who may
  {
    guard: 'an order is shown to its buyer only',
    file: 'src/checkout/access.ts',
    find: '(boughtBy(req, order.purchase!) || (await opensWith(order, token)))',
    put: '(boughtBy(req, order.purchase!) || true || (await opensWith(order, token)))',
    spec: ['journeys/buying.test.ts'],
  },
  {
    guard: 'writes from other sites are refused',
    file: 'src/middleware/same-origin.ts',
    find: "if (site !== undefined) return site === 'same-origin';",
    put: 'if (site !== undefined) return true;',
    spec: ['journeys/bad-input.test.ts'],
  },
  ...GUARDS_OF_OFFICE,
  ...GUARDS_OF_PRIVACY,
  ...GUARDS_OF_ACCESS,
  ...GUARDS_OF_DESK,
  ...GUARDS_OF_PRODUCTS,
  // Only where several processes write
  {
    guard: 'rows are locked before they are judged',
    file: 'src/database.ts',
    find: '({ lock: Transaction.LOCK.NO_KEY_UPDATE } as const)',
    put: '({} as const)',
    spec: ['models/**/*.test.ts', 'coupons/**/*.test.ts', ...RACES],
    onPostgres: true,
  },
  // Orders after the sale
  {
    guard: 'the correction of an address is not for who holds a link',
    file: 'src/checkout/access.ts',
    find: '=> orderFor(req, publicId, undefined);',
    put: '=> orderFor(req, publicId, req.query.token);',
    spec: ['journeys/order-page.test.ts'],
  },
  {
    guard: 'a corrected address ends the links to the old one',
    file: 'src/checkout/correct-address.ts',
    find: 'await OrderLink.revoke(orderId);',
    put: '',
    spec: ['journeys/order-page.test.ts'],
  },
  {
    guard: 'a mail that is leaving goes to the corrected address',
    file: 'src/mail/compose.ts',
    find: 'await mail.reload();',
    put: '',
    spec: ['mail/outbox.test.ts'],
  },
  {
    guard: 'a mail that is asked for again is not written while one waits',
    file: 'src/mail/outbox.ts',
    find: "if (so.some(({ status }) => status === 'queued')) return false;",
    put: '',
    spec: ['journeys/order-page.test.ts'],
  },
  {
    guard: 'wrong links are counted',
    file: 'src/routes/orders/opened-order.ts',
    find: "if (error instanceof NotFound && token) await countTry(req, 'orderLink');",
    put: '',
    spec: ['journeys/order-lookup.test.ts'],
  },
  // Reviews
  {
    guard: 'a review is written after its photos, and they go when it fails',
    file: 'src/reviews/photo-files.ts',
    find: '    await removePhotos(addresses);\n    throw error;',
    put: '    throw error;',
    spec: ['journeys/reviews.test.ts', 'reviews/**/*.test.ts'],
  },
  {
    guard: 'nothing but photographs is decoded',
    file: 'src/reviews/photo.ts',
    find: "sharp.block({ operation: ['VipsForeignLoad'] });",
    put: 'sharp.block({ operation: [] });',
    spec: ['journeys/reviews.test.ts'],
  },
  {
    guard: 'a picture is measured before it is decoded',
    file: 'src/reviews/photo.ts',
    find: 'const MOST_PIXELS = 40_000_000;',
    put: 'const MOST_PIXELS = 400_000_000;',
    spec: ['journeys/reviews.test.ts'],
  },
  {
    guard: 'none but approved reviews leave the list',
    file: 'src/reviews/list.ts',
    find: '      isApproved: true,\n',
    put: '',
    spec: ['routes/reviews.test.ts'],
  },
  {
    guard: 'a photo of a review that is not shown is its writer’s and the staff’s',
    file: 'src/routes/reviews.ts',
    find: 'if (!isNamed || !mayLook)',
    put: 'void mayLook;\n  if (!isNamed)',
    spec: ['routes/review-photos.test.ts'],
  },
  {
    guard: 'a stranger’s password does not outlive the proof of a mailbox',
    file: 'src/accounts/mailbox-account.ts',
    find: '    if (!user.verified) await takeOver(user);',
    put: '    if (!user.verified) await user.update({ verified: true });\n    void takeOver;',
    spec: ['journeys/reviews-by-guests.test.ts'],
  },
  {
    guard: 'a guest’s review is for the address that the link went to',
    file: 'src/reviews/write.ts',
    find: '  if (purchase!.canonicalEmail !== email)',
    put: "  if (purchase!.canonicalEmail === '')",
    spec: ['reviews/**/*.test.ts'],
  },
  {
    guard: 'staff approves the words that it has read',
    file: 'src/reviews/moderate.ts',
    find: '  if (reading === readingOf(review)) return;',
    put: "  if (reading !== '') return;",
    spec: ['routes/admin-reviews.test.ts'],
  },
  {
    guard: 'nobody is asked for a review of what is reviewed or went back',
    file: 'src/mail/review-invitation.ts',
    find: ' || !(await awaitsReview(order))',
    put: '',
    spec: ['journeys/reviews-by-guests.test.ts'],
  },
];
