import { z } from 'zod';
import { rules } from '../models/rules.js';
import { SORTS } from './sorts.js';

/** An empty field of the form asks for nothing. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const CONTROL = /\p{Cc}/gu;
const SHORTEST_QUERY = 2;
export const LONGEST_QUERY = 80;

/** What may stand behind /products?…; throws ZodError, which is answered as 400. */
export const Filters = z.object({
  country: optional(z.string().max(2).toUpperCase().pipe(rules.country)),
  q: optional(
    z
      .string()
      .max(LONGEST_QUERY)
      .transform((query) => query.replace(CONTROL, ' ').trim())
      .transform((query) => (query.length < SHORTEST_QUERY ? undefined : query)),
  ),
  /** At least so many days, and so many gigabytes. */
  days: optional(z.coerce.number().int().min(1).max(365)),
  data: optional(z.union([z.literal('unlimited'), z.coerce.number().min(0.1).max(1000)])),
  /** At most this price. */
  price: optional(z.string().regex(/^\d{1,7}(\.\d{1,2})?$/)),
  currency: optional(rules.currency),
  // An unknown order does no harm.
  sort: z.enum(SORTS).catch('featured'),
  page: optional(z.coerce.number().int().min(1).max(500)).transform((page) => page ?? 1),
});

export type Filters = z.infer<typeof Filters>;

/** The address of another page of the same list. */
export function addressOf(filters: Filters, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, page })) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `/products?${query}`;
}
