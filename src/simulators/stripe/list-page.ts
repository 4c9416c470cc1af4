import { z } from 'zod';
import { invalid } from './refusal.js';

const number = z.coerce.number().int();
const range = z.strictObject({
  gt: number.optional(),
  gte: number.optional(),
  lt: number.optional(),
  lte: number.optional(),
});

const ListParams = z.object({
  limit: number.min(1).max(100).default(10),
  starting_after: z.string().optional(),
  ending_before: z.undefined('The simulator pages forwards only').optional(),
  created: z.union([number, range]).optional(),
});
type Created = z.infer<typeof ListParams>['created'];

interface Listed {
  id: string;
  created: number;
}

/** One page, newest first. */
export function page(url: string, oldestFirst: Listed[], query: unknown) {
  const { limit, starting_after, created } = listParams(query);
  const all = oldestFirst.toReversed().filter((entry) => wasCreated(entry, created));
  const start = starting_after ? all.findIndex(({ id }) => id === starting_after) + 1 : 0;
  const data = all.slice(start, start + limit);
  return { object: 'list', url, data, has_more: start + limit < all.length };
}

function listParams(query: unknown) {
  const read = ListParams.safeParse(query);
  if (read.success) return read.data;
  const { message, path } = read.error.issues[0]!;
  throw invalid(message, { param: path.join('.') });
}

function wasCreated(entry: Listed, asked: Created) {
  if (asked === undefined) return true;
  if (typeof asked === 'number') return entry.created === asked;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = asked;
  return entry.created > gt && entry.created >= gte && entry.created < lt && entry.created <= lte;
}
