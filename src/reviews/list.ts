import { Op, QueryTypes, type Order as Sorting, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import { sequelize } from '../database.js';
import { Review, ReviewVote, type Product, type User } from '../models/index.js';
import { NEWEST_FIRST } from '../models/newest-first.js';

/** What a list goes by before the newest come first; each has an index (migrations/010-moderation.ts). */
const SORTED_BY = {
  helpful: ['helpfulCount', 'DESC'],
  newest: null,
  highest: ['rating', 'DESC'],
  lowest: ['rating', 'ASC'],
} as const;
export type ReviewSort = keyof typeof SORTED_BY;
export const REVIEW_SORTS = Object.keys(SORTED_BY) as ReviewSort[];

const Choice = z.object({
  sort: z.enum(REVIEW_SORTS).catch('helpful'),
  stars: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  before: z.string().max(50).optional().catch(undefined),
});
export type Choice = z.infer<typeof Choice>;

/** What a reader wants to see of the reviews; what cannot be read asks for nothing. */
export const readChoice = (query: unknown): Choice => Choice.parse(query);

export const PLAIN = readChoice({});

/** A review as readers see it: none but shown ones, and of their writers no more than a first name. */
export type ShownReview = ReturnType<typeof asShown>;

/** A page of a plan's reviews with what all of them come to. `next` is the choice that goes on after it, or null. */
export async function reviewsOf(plan: Product, choice: Choice, size: number, reader?: User) {
  if (plan.ratingCount === 0) return { plan, choice, reviews: [], next: null, counts: [] };
  const { sort, stars } = choice;
  const rows = await Review.findAll({
    where: {
      productId: plan.id,
      isApproved: true,
      ...(stars && { rating: stars }),
      [Op.and]: [after(choice)],
    },
    include: { association: 'user', attributes: ['name', 'closedAt'] },
    order: [...(SORTED_BY[sort] ? [[...SORTED_BY[sort]]] : []), ...(NEWEST_FIRST as [])] as Sorting,
    limit: size + 1,
  });
  const page = rows.slice(0, size);
  const [counts, voted] = await Promise.all([countsByStars(plan), votesOf(reader, page)]);
  return {
    plan,
    choice,
    counts,
    reviews: page.map((review) => asShown(review, voted, reader)),
    next: rows.length > size ? { ...choice, before: cursorAt(page.at(-1)!, sort) } : null,
  };
}

function asShown(review: Review, voted: Set<string>, reader?: User) {
  const { id, rating, title, content, images, isVerified, helpfulCount, created, user, reply } = review;
  return {
    id,
    rating,
    title,
    content,
    images: images ?? [],
    isVerified,
    helpfulCount,
    created,
    reply,
    repliedAt: review.repliedAt,
    hasLeft: Boolean(user!.closedAt),
    firstName: user!.name?.split(/\s+/)[0] ?? null,
    isOwn: review.userId === reader?.id,
    isHelpful: voted.has(id),
  };
}

/** The rows after the last one seen. An unreadable cursor is the first page. */
function after({ sort, before }: Choice): WhereOptions<Review> {
  const parts = /^(\d{1,9})-(\d{1,15})-([a-z0-9]{15})$/.exec(before ?? '');
  if (!parts) return {};
  const created = new Date(Number(parts[2]));
  const older = { [Op.or]: [{ created: { [Op.lt]: created } }, { created, id: { [Op.lt]: parts[3]! } }] };
  const sorted = SORTED_BY[sort];
  if (!sorted) return older;
  const [column, direction] = sorted;
  const value = Number(parts[1]);
  const beyond = { [column]: { [direction === 'DESC' ? Op.lt : Op.gt]: value } };
  return { [Op.or]: [beyond, { [column]: value, ...older }] };
}

function cursorAt(review: Review, sort: ReviewSort) {
  const value = SORTED_BY[sort] ? review[SORTED_BY[sort][0]] : 0;
  return `${value}-${review.created.getTime()}-${review.id}`;
}

/** How many gave five stars, four, and so on. */
async function countsByStars({ id }: Product) {
  const rows = await sequelize.query<{ rating: number; count: number }>(
    'SELECT rating, count(*) AS count FROM reviews WHERE product = ? AND is_approved = ? GROUP BY rating',
    { replacements: [id, true], type: QueryTypes.SELECT },
  );
  return [5, 4, 3, 2, 1].map((stars) => ({
    stars,
    count: rows.find(({ rating }) => rating === stars)?.count ?? 0,
  }));
}

async function votesOf(reader: User | undefined, reviews: readonly Review[]) {
  if (!reader || reviews.length === 0) return new Set<string>();
  const where = { userId: reader.id, reviewId: reviews.map(({ id }) => id) };
  return new Set((await ReviewVote.findAll({ where })).map(({ reviewId }) => reviewId));
}

/** The address of a list of reviews, in the order and from the place that was chosen. */
export function addressOf({ slug }: Product, { sort, stars, before }: Choice): string {
  const query = new URLSearchParams({
    ...(sort !== PLAIN.sort && { sort }),
    ...(stars && { stars: String(stars) }),
    ...(before && { before }),
  }).toString();
  return `/products/${slug}/reviews${query && `?${query}`}`;
}
