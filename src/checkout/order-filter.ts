import { Op } from 'sequelize';
import { DAY } from '../lib/clock.js';
import { combinations, type Branch } from '../models/filter-branches.js';
import type { OrderStatus, PaymentStatus } from '../models/order-moves.js';
import { PROVIDERS, type ProviderName } from '../providers/provider.js';

/** What a list of orders is narrowed down to; nothing chosen is all of them. Days are those of UTC, `to` included. */
export interface OrderFilter {
  status?: OrderStatus;
  payment_status?: PaymentStatus;
  provider?: ProviderName;
  country?: string;
  from?: string;
  to?: string;
}

/** The states in which an order can be (order-moves.ts, and the CHECKs between both columns). */
const STATES: [OrderStatus, PaymentStatus][] = [
  ['pending', 'pending'],
  ['pending', 'failed'],
  ['pending', 'paid'],
  ['processing', 'paid'],
  ['completed', 'paid'],
  ['failed', 'paid'],
  ['refunded', 'refunded'],
];

const FACETS = ['status', 'payment_status', 'provider', 'country'] as const;

/** Ranges of an index that together are the filter: of `idx_orders_created`, or of one of the two facets. */
export function branchesOf(filter: OrderFilter): Branch[] {
  const when = timesOf(filter);
  if (FACETS.every((facet) => filter[facet] === undefined)) return [when];
  const states = STATES.filter(
    ([status, payment]) =>
      (filter.status ?? status) === status && (filter.payment_status ?? payment) === payment,
  );
  const others = combinations({
    ...(filter.country !== undefined && { country: [filter.country] }),
    provider: filter.provider ? [filter.provider] : PROVIDERS,
  });
  return states.flatMap(([status, payment_status]) =>
    others.map((other) => ({ ...other, status, payment_status, ...when })),
  );
}

/** The chosen facets as they are, for a list that another index leads. */
export const facetsOf = (filter: OrderFilter): [string, string][] =>
  FACETS.flatMap((facet) =>
    filter[facet] === undefined ? [] : [[facet, filter[facet]] as [string, string]],
  );

/** Of two upper bounds SQLite looks up one, and not the better one: behind a page's cursor the last day says nothing more. */
export function behind(filter: OrderFilter, cursor?: string): OrderFilter {
  const reached = Number(/^\d{1,15}(?=-)/.exec(cursor ?? '')?.[0] ?? NaN);
  const { to, ...rest } = filter;
  return to && reached < new Date(to).getTime() + DAY ? rest : filter;
}

export function timesOf({ from, to }: OrderFilter): Record<string, Record<symbol, Date>> {
  if (!from && !to) return {};
  return {
    created: {
      ...(from && { [Op.gte]: new Date(from) }),
      ...(to && { [Op.lt]: new Date(new Date(to).getTime() + DAY) }),
    },
  };
}
