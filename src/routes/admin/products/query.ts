import { z } from 'zod';
import { PLAN_SORTS, PLAN_STATES, type PlanFilters } from '../../../catalogue/desk/plan-list.js';
import { oneLine } from '../../../lib/plain-text.js';
import { rules } from '../../../models/rules.js';
import { address } from '../address.js';

const LONGEST_SEARCH = 200;
/** A name in hex, and an id. */
const LONGEST_CURSOR = 2100;

/** What is chosen above the list; what cannot be read is not chosen. */
const Query = z.object({
  q: z
    .string()
    .max(LONGEST_SEARCH)
    .transform((text) => oneLine(text) || undefined)
    .optional()
    .catch(undefined),
  state: z.enum(PLAN_STATES).catch('all'),
  country: z.string().max(2).toUpperCase().pipe(rules.country).optional().catch(undefined),
  provider: rules.provider.optional().catch(undefined),
  featured: z.literal('yes').optional().catch(undefined),
  currency: rules.currency.optional().catch(undefined),
  sort: z.enum(PLAN_SORTS).catch('newest'),
  after: z.string().max(LONGEST_CURSOR).optional().catch(undefined),
});

export function readQuery(query: unknown): { filters: PlanFilters; after: string | undefined } {
  const { after, ...filters } = Query.parse(query ?? {});
  return { filters, after };
}

/** The address of the list with what is chosen, and no word about what is so anyway. */
export const listAddress = ({ state, sort, ...rest }: PlanFilters, after?: string | null) =>
  address('/admin/products', {
    ...rest,
    state: state === 'all' ? null : state,
    sort: sort === 'newest' ? null : sort,
    after,
  });

/** Where a form of the list was, as it says itself: nowhere but in the list. */
export function queryOf(back: string) {
  const isOurs = /^\/admin\/products(\?|$)/.test(back) && URL.canParse(back, 'http://shop');
  return readQuery(isOurs ? Object.fromEntries(new URL(back, 'http://shop').searchParams) : {});
}
