import type { Product } from '../../models/index.js';

const NOT_STAFFS = new Set(['id', 'created', 'updated', 'ratingAverage', 'ratingCount']);

/** What staff decides about a plan, as the books have it. */
export const factsOf = (plan: Product): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(plan.get({ plain: true })).filter(
      ([name, value]) => !NOT_STAFFS.has(name) && value !== undefined,
    ),
  );

type Facts = Record<string, unknown>;

/** The facts that differ, as they were and as they are. */
export function differences(was: Facts, is: Facts): { before: Facts; after: Facts } {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !same(was[name], is[name]),
  );
  const of = (facts: Facts) => Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
  return { before: of(was), after: of(is) };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
