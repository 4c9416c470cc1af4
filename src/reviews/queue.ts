import { Op, type WhereAttributeHash, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { Product, Review } from '../models/index.js';
import { after, cut, orderBy, type Sort } from '../models/paging.js';
import type { ReviewState } from '../models/review.js';

const PAGE = 20;
/** Nobody needs to know more exactly, and counting on would read the whole table. */
export const COUNTED = 1000;

export const STATES = ['waiting', 'shown', 'rejected'] as const;

const IN_STATE: Record<ReviewState, WhereAttributeHash<Review>> = {
  waiting: { isApproved: false, rejectedAt: null },
  shown: { isApproved: true, rejectedAt: null },
  // What is rejected is not shown: said alone, its own indexes are used (migrations/015-desk.ts).
  rejected: { rejectedAt: { [Op.ne]: null } },
};

const Choice = z.object({
  state: z.enum(STATES).catch('waiting'),
  plan: z.string().max(200).optional().catch(undefined),
  stars: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  flagged: z.literal('yes').optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});

/** Which reviews staff looks at; `plan` is the address of one. */
export type Choice = z.infer<typeof Choice>;

/** What cannot be read asks for nothing. */
export const readChoice = (query: unknown): Choice => Choice.parse(query ?? {});

/** Those that wait with the oldest first, all others with the newest. */
const sortOf = ({ state }: Choice): Sort => ({
  column: 'created',
  direction: state === 'waiting' ? 'ASC' : 'DESC',
  holds: 'date',
});

/** A page of reviews for staff, with how many there are in each state, at most COUNTED. `next` is the cursor of the page after it, or null. */
export async function reviewQueue(choice: Choice) {
  const plan = await planOf(choice);
  const sort = sortOf(choice);
  const [rows, ...counts] = await Promise.all([
    Review.findAll({
      where: { [Op.and]: [chosen(choice, plan), after(sort, choice.after)] },
      include: [
        { association: 'user', attributes: ['id', 'name', 'closedAt'] },
        { association: 'product', attributes: ['id', 'name', 'slug'] },
        { association: 'order', attributes: ['id', 'publicId'] },
      ],
      order: orderBy(sort),
      limit: PAGE + 1,
    }),
    ...STATES.map((state) => countUpTo({ ...choice, state }, plan)),
  ]);
  const { page, next } = cut(rows, PAGE, sort);
  return {
    reviews: page,
    next,
    plan,
    counts: Object.fromEntries(STATES.map((state, index) => [state, counts[index]!])),
  };
}

/** The one to look at after this one, in the order of the list; else the first; or null. */
export async function nextInQueue(choice: Choice, { id, created }: Review): Promise<string | null> {
  const plan = await planOf(choice);
  const sort = sortOf(choice);
  for (const cursor of [`${created.getTime()}-${id}`, choice.after]) {
    const found = await Review.findOne({
      where: { [Op.and]: [chosen(choice, plan), after(sort, cursor), { id: { [Op.ne]: id } }] },
      attributes: ['id'],
      order: orderBy(sort),
    });
    if (found) return found.id;
  }
  return null;
}

const planOf = async ({ plan }: Choice) =>
  plan ? Product.findOne({ where: { slug: plan }, attributes: ['id', 'name', 'slug'] }) : null;

const chosen = ({ state, stars, flagged }: Choice, plan: Product | null): WhereOptions<Review> => ({
  ...IN_STATE[state],
  ...(plan && { productId: plan.id }),
  ...(stars && { rating: stars }),
  ...(flagged && { isFlagged: true }),
});

async function countUpTo(choice: Choice, plan: Product | null) {
  const found = await Review.findAll({
    where: chosen(choice, plan),
    attributes: ['id'],
    // In the order of the list, or an index is read that is not in the order of anything asked for.
    order: orderBy(sortOf(choice)),
    limit: COUNTED,
    raw: true,
  });
  return found.length;
}
