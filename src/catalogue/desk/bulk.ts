import { Op } from 'sequelize';
import { forUpdate, tx } from '../../database.js';
import { RuleBroken, ShopError } from '../../errors.js';
import { clock } from '../../lib/clock.js';
import { hashOf } from '../../lib/ids.js';
import { AuditLog, Product, type User } from '../../models/index.js';
import { pricing } from '../../models/rules.js';

/** Many plans at once: first a page that says what would become of each, then all that can be changed, in one transaction. */

export const BULK_ACTIONS = ['on', 'off', 'feature', 'unfeature', 'archive', 'reprice'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** So many plans may be meant by "all that match". */
export const MOST_AT_ONCE = 2000;

type Values = Partial<
  Pick<Product, 'isActive' | 'deactivatedByStock' | 'isFeatured' | 'archivedAt' | 'priceMinor'>
>;

/** What would become of one plan: its new values, or why not (the key of a sentence), or neither when it is so already. */
export interface Line {
  plan: Product;
  values: Values;
  refused: string | null;
}

export interface Bulk {
  action: BulkAction;
  /** Hundredths of a percent that prices rise by; of `reprice` alone. */
  basisPoints: number;
}

/** Half a unit and more is rounded up, to whole cents, won or yen. */
export const repriced = (priceMinor: number, basisPoints: number) =>
  Math.floor((priceMinor * (10_000 + basisPoints) + 5000) / 10_000);

/** Looks, and changes nothing. `seen` stands for all that it says. */
export async function previewBulk(bulk: Bulk, ids: readonly string[]) {
  const lines = (await plansOf(ids)).map((plan) => lineOf(bulk, plan));
  return { lines, seen: seenOf(bulk, lines) };
}

/**
 * Changes what can be changed, and leaves the plans that refuse. Throws with status 409 when it is not what was `seen`
 * any more; nothing is changed then. Returns how many plans were.
 */
export function applyBulk(bulk: Bulk, ids: readonly string[], seen: string, staff: User): Promise<number> {
  return tx(async () => {
    const lines = (await plansOf(ids, forUpdate)).map((plan) => lineOf(bulk, plan));
    if (seenOf(bulk, lines) !== seen) throw new ShopError(409, 'errors.plans.bulk.changed');
    const changed = lines.filter(isChange);
    if (changed.length === 0) throw new RuleBroken('errors.plans.bulk.none');
    await write(changed);
    await AuditLog.recordAll(
      staff,
      WRITTEN[bulk.action],
      changed.map(({ plan, values }) => ({ row: plan, before: valuesOf(plan, values), after: values })),
    );
    return changed.length;
  });
}

const WRITTEN: Record<BulkAction, string> = {
  on: 'switch_on',
  off: 'switch_off',
  feature: 'feature',
  unfeature: 'unfeature',
  archive: 'archive',
  reprice: 'price',
};

export const isChange = ({ values, refused }: Line) => !refused && Object.keys(values).length > 0;

const NEEDED = [
  'id',
  'name',
  'priceMinor',
  'costMinor',
  'currency',
  'stock',
  'isActive',
  'deactivatedByStock',
  'isFeatured',
  'archivedAt',
];

const AT_ONCE = 500;

async function plansOf(ids: readonly string[], lock: object = {}): Promise<Product[]> {
  const plans: Product[] = [];
  const ordered = [...new Set(ids)].toSorted();
  for (let start = 0; start < ordered.length; start += AT_ONCE)
    plans.push(
      ...(await Product.findAll({
        attributes: NEEDED,
        where: { id: ordered.slice(start, start + AT_ONCE) },
        order: [['id', 'ASC']],
        ...lock,
      })),
    );
  return plans;
}

function lineOf({ action, basisPoints }: Bulk, plan: Product): Line {
  if (action === 'on' && plan.archivedAt) return { plan, values: {}, refused: 'errors.product.archived' };
  if (action !== 'reprice') return { plan, values: news(plan, VALUES[action](plan)), refused: null };
  const priceMinor = repriced(plan.priceMinor, basisPoints);
  const flaw = pricing.safeParse({ priceMinor, costMinor: plan.costMinor }).error?.issues[0];
  return { plan, values: news(plan, { priceMinor }), refused: flaw?.message ?? null };
}

const VALUES: Record<Exclude<BulkAction, 'reprice'>, (plan: Product) => Values> = {
  // Without stock it waits for some.
  on: ({ stock }) =>
    stock === 0
      ? { isActive: false, deactivatedByStock: true }
      : { isActive: true, deactivatedByStock: false },
  off: () => ({ isActive: false, deactivatedByStock: false }),
  feature: () => ({ isFeatured: true }),
  unfeature: () => ({ isFeatured: false }),
  archive: ({ archivedAt }) => ({
    isActive: false,
    deactivatedByStock: false,
    archivedAt: archivedAt ?? clock.date(),
  }),
};

const news = (plan: Product, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== plan.get(name as keyof Values)),
  );

const valuesOf = (plan: Product, values: Values): object =>
  Object.fromEntries(Object.keys(values).map((name) => [name, plan.get(name as keyof Values)]));

/** Of archived plans the moment is not part of what is seen. */
const seenOf = (bulk: Bulk, lines: readonly Line[]) =>
  hashOf(
    JSON.stringify([
      bulk,
      lines.map(({ plan, values: { archivedAt, ...values }, refused }) => [
        plan.id,
        plan.priceMinor,
        values,
        Boolean(archivedAt),
        refused,
      ]),
    ]),
  ).slice(0, 32);

/** Plans that get the same values share statements; what stood there before is asked for once more, where it is money. */
async function write(lines: readonly Line[]) {
  const alike = new Map<string, Line[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.values, line.values.priceMinor && line.plan.priceMinor]);
    const group = alike.get(key);
    if (group) group.push(line);
    else alike.set(key, [line]);
  }
  for (const group of alike.values())
    for (let start = 0; start < group.length; start += AT_ONCE) {
      const some = group.slice(start, start + AT_ONCE);
      const { values, plan } = some[0]!;
      const [count] = await Product.update(values, {
        where: {
          id: { [Op.in]: some.map((line) => line.plan.id) },
          ...(values.priceMinor !== undefined && { priceMinor: plan.priceMinor }),
        },
      });
      if (count !== some.length) throw new ShopError(409, 'errors.plans.bulk.changed');
    }
}
