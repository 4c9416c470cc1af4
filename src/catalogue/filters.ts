import { z } from 'zod';
import { ShopError } from '../errors.js';
import { rules } from '../models/rules.js';
import { SORTS } from './sorts.js';

/** An empty field of the form asks for nothing. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const CONTROL = /\p{Cc}/gu;
const SHORTEST_QUERY = 2;
const LONGEST_QUERY = 80;

/** A message is the key of a sentence. */
const Filters = z.object({
  country: optional(z.string().max(2).toUpperCase().pipe(rules.country)),
  q: optional(
    z
      .string()
      .max(LONGEST_QUERY, 'shop.list.queryTooLong')
      .transform((query) => query.replace(CONTROL, ' ').trim())
      .transform((query) => (query.length < SHORTEST_QUERY ? undefined : query)),
  ),
  /** At least so many days, and so many gigabytes. */
  days: optional(z.coerce.number().int().min(1).max(365)),
  data: optional(z.union([z.literal('unlimited'), z.coerce.number().min(0.1).max(1000)])),
  /** At most this price. */
  price: optional(
    z
      .string()
      .max(20, 'shop.list.unreadablePrice')
      .transform((price) => price.trim().replace(',', '.'))
      .refine((price) => /^\d{1,7}(\.\d{1,2})?$/.test(price), 'shop.list.unreadablePrice'),
  ),
  currency: optional(rules.currency),
  // An unknown order does no harm.
  sort: z.enum(SORTS).catch('featured'),
  page: optional(z.coerce.number().int().min(1).max(500)).transform((page) => page ?? 1),
});

export type Filters = z.infer<typeof Filters>;

/** Throws a refusal with status 400 that says what could not be read. */
export function readFilters(query: unknown): Filters {
  const parsed = Filters.safeParse(query);
  // A price means nothing without a currency; the shop's own is meant.
  if (parsed.success) return parsed.data.price ? { currency: 'USD', ...parsed.data } : parsed.data;
  const { message } = parsed.error.issues[0]!;
  throw new ShopError(400, message.startsWith('shop.') ? message : 'errors.badRequest');
}

/** The address of another page of the same list. */
export function addressOf(filters: Filters, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, page })) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `/products?${query.toString()}`;
}
