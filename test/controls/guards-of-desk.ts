import type { Guard } from './guards.js';

/** See guards.ts. */
export const GUARDS_OF_DESK: Guard[] = [
  {
    guard: 'what may still appear at the wholesaler’s is not called not bought',
    file: 'src/fulfilment/settle-attempt.ts',
    find: 'if (clock.now() < until)',
    put: 'if (clock.now() < until - until)',
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'nothing is issued by hand while one may have been bought',
    file: 'src/fulfilment/issue-by-hand.ts',
    find: "if (open) throw new RuleBroken('errors.desk.openAttempt');",
    put: 'void open;',
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'nothing is issued by hand for an order on hold',
    file: 'src/fulfilment/issue-by-hand.ts',
    find: "if (order.holdReason) throw new RuleBroken('errors.desk.held');",
    put: '',
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'no money goes back by staff while an eSIM may have been bought',
    file: 'src/payments/refund-by-staff.ts',
    find: "if (open) throw new RuleBroken('errors.refund.uncertain');",
    put: 'void open;',
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'a code that was seen leaves for another address by an admin alone',
    file: 'src/checkout/correct-address.ts',
    find: "if (!unseen && staff.role !== 'admin') throw new ShopError(403, 'errors.desk.seenByAdmins');",
    put: '',
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'a wholesaler that asked to wait is not asked sooner',
    file: 'src/fulfilment/retry.ts',
    find: "if (last?.reason === 'rate_limited' && order.dueAt > clock.now())",
    put: "if (last?.reason === 'rate_limited' && order.dueAt < 0)",
    spec: ['journeys/desk.test.ts'],
  },
  {
    guard: 'of two colleagues one judges a review',
    file: 'src/reviews/moderate.ts',
    find: 'mustBeAsRead(review, reading);',
    put: 'void mustBeAsRead, reading;',
    spec: ['routes/admin-reviews-queue.test.ts'],
  },
  {
    guard: 'a judgement is taken back by who made it',
    file: 'src/reviews/moderate.ts',
    find: 'last.actorId !== staff.id || said.state',
    put: 'said.state',
    spec: ['routes/admin-reviews-queue.test.ts'],
  },
  {
    guard: 'a mail about a rejection that was taken back is not sent',
    file: 'src/mail/review-rejected.ts',
    find: 'if (!review?.rejectedAt || keyOf(review) !== dedupeKey) return null;',
    put: 'if (!review) return null;',
    spec: ['routes/admin-reviews-queue.test.ts'],
  },
];
