import { Op, literal, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { clock } from '../lib/clock.js';
import { Coupon, CouponRedemption, Order, Purchase } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';
import { after, cut, orderBy, type Sort } from '../models/paging.js';

const PAGE = 50;
const LONGEST_CODE = 12;

export const COUPON_STATES = ['active', 'expired', 'used up', 'off'] as const;
export type CouponState = (typeof COUPON_STATES)[number];

const Choice = z.object({
  state: z.enum(COUPON_STATES).optional().catch(undefined),
  /** How a code begins. */
  q: z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.string().regex(/^[A-Z0-9]{1,12}$/))
    .optional()
    .catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});
export type Choice = z.infer<typeof Choice>;

/** What cannot be read asks for nothing. */
export const readChoice = (query: unknown): Choice => Choice.parse(query ?? {});

export function stateOf({ isActive, validUntil, usageLimit, usageCount }: Coupon): CouponState {
  if (!isActive) return 'off';
  if (usageLimit !== null && usageCount >= usageLimit) return 'used up';
  return validUntil !== null && validUntil <= clock.now() ? 'expired' : 'active';
}

// Word for word as in migrations/015-desk.ts, or SQLite does not know its indexes again.
const USABLE = literal('(usage_limit IS NULL OR usage_count < usage_limit)');
const USED_UP = literal('(usage_limit IS NOT NULL AND usage_count >= usage_limit)');

/** Said so that no index is thought of: a code is looked for by the code. */
const unindexed = (isActive: boolean) =>
  literal(`(CASE WHEN is_active THEN 1 ELSE 0 END) = ${isActive ? 1 : 0}`);

function inState({ state, q }: Choice): WhereOptions<Coupon>[] {
  const now = clock.now();
  const switched = (isActive: boolean) => (q ? unindexed(isActive) : { isActive });
  switch (state) {
    case undefined:
      return [];
    case 'off':
      return [switched(false)];
    case 'used up':
      return [switched(true), USED_UP];
    case 'expired':
      return [switched(true), { validUntil: { [Op.lte]: now } }, USABLE];
    case 'active':
      return [switched(true), { validUntil: { [Op.or]: [null, { [Op.gt]: now }] } }, USABLE];
  }
}

/** By code where one is looked for, what has ended by its end, all else the newest first. */
function sortOf({ state, q }: Choice): Sort {
  if (q) return { column: 'code', direction: 'ASC', holds: 'text' };
  if (state === 'expired') return { column: 'validUntil', direction: 'DESC', holds: 'number' };
  return { column: 'created', direction: 'DESC', holds: 'date' };
}

/** A page of coupons; `next` is the cursor of the page after it, or null. */
export async function couponList(choice: Choice) {
  const { q } = choice;
  const sort = sortOf(choice);
  // No code is longer, and none goes behind Z: a range is found in the index whatever the database sorts by.
  const begins = q ? [{ code: { [Op.between]: [q, q.padEnd(LONGEST_CODE, 'Z')] as [string, string] } }] : [];
  const rows = await Coupon.findAll({
    where: { [Op.and]: [...begins, ...inState(choice), after(sort, choice.after)] },
    order: orderBy(sort),
    limit: PAGE + 1,
  });
  const { page, next } = cut(rows, PAGE, sort);
  return { coupons: page, next };
}

/** A page of the uses of a coupon, the latest first, each with its purchase and the orders of that. */
export async function usesOf({ id: couponId }: Coupon, before?: string) {
  const rows = await CouponRedemption.findAll({
    where: { couponId, ...olderThan(before) },
    include: {
      model: Purchase,
      as: 'purchase',
      attributes: ['id', 'state', 'email', 'discountMinor', 'currency'],
    },
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  const purchases = page.map(({ purchase }) => purchase!);
  const orders = await ordersOf(purchases.map(({ id }) => id));
  return {
    uses: page.map((use) => ({ use, orders: orders.filter((one) => one.purchaseId === use.purchaseId) })),
    next,
  };
}

const ordersOf = (purchaseId: string[]) =>
  Order.findAll({
    where: { purchaseId },
    attributes: ['id', 'publicId', 'purchaseId', 'status'],
  });
