import { ForeignKeyConstraintError, type Attributes, type CreationAttributes } from 'sequelize';
import { forUpdate, tx } from '../../database.js';
import { NotFound, RuleBroken, ShopError, Unavailable } from '../../errors.js';
import { clock } from '../../lib/clock.js';
import { hashOf } from '../../lib/ids.js';
import { formatMoney } from '../../lib/money.js';
import { AuditLog, Product, type User } from '../../models/index.js';
import { price } from '../../models/rules.js';
import { putOnShelf } from '../import/take.js';
import { differences, factsOf } from './facts.js';

/** What staff does to one plan: each in one transaction with its entry in the books. */

export const isPlanId = (id: string) => /^[a-z0-9]{15}$/.test(id);

/** Throws NotFound. */
export async function planForStaff(id: string): Promise<Product> {
  if (!isPlanId(id)) throw new NotFound();
  return Product.findByPk(id, { rejectOnEmpty: new NotFound() });
}

type Change = (plan: Product) => unknown;

async function changePlan(id: string, staff: User, action: string, change: Change): Promise<Product> {
  if (!isPlanId(id)) throw new NotFound();
  return tx(async () => {
    const plan = await Product.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
    const facts = factsOf(plan);
    await change(plan);
    await plan.save();
    const { before, after } = differences(facts, factsOf(plan));
    if (Object.keys(after).length > 0) await AuditLog.record(staff, action, plan, before, after);
    return plan;
  });
}

/** `seenMinor` is the price that stood on the page. Throws with status 409 when a colleague was faster. */
export const changePrice = (id: string, seenMinor: number, typed: string, staff: User) =>
  changePlan(id, staff, 'price', (plan) => {
    const { data: priceMinor, error } = price(plan.currency).safeParse(typed);
    if (error) throw new RuleBroken(error.issues[0]!.message, {}, 'price');
    if (plan.priceMinor !== seenMinor)
      throw new ShopError(409, 'errors.plans.priceMoved', {
        seen: formatMoney(seenMinor, plan.currency),
        now: formatMoney(plan.priceMinor, plan.currency),
      });
    plan.set({ priceMinor });
  });

/**
 * Adds units to the shelf, or takes some away; what is sold meanwhile stays sold. Throws RuleBroken when more would be
 * taken than there are.
 */
export const moveStock = (id: string, units: number, staff: User) =>
  changePlan(id, staff, 'stock', async (plan) => {
    const stock = plan.stock + units;
    if (stock < 0)
      throw new RuleBroken('errors.plans.belowZero', { stock: plan.stock, taken: -units }, 'stock');
    const [moved] = await Product.update({ stock }, { where: { id, stock: plan.stock } });
    if (moved === 0) throw new Unavailable('errors.busy');
    await plan.reload();
  });

/** On the shelf, or off it until it is switched on again. */
export const switchPlan = (id: string, isOn: boolean, staff: User) =>
  changePlan(id, staff, isOn ? 'switch_on' : 'switch_off', (plan) => {
    if (isOn && plan.archivedAt) throw new RuleBroken('errors.product.archived', {}, 'is_active');
    putOnShelf(plan, isOn);
  });

export const featurePlan = (id: string, isFeatured: boolean, staff: User) =>
  changePlan(id, staff, isFeatured ? 'feature' : 'unfeature', (plan) => plan.set({ isFeatured }));

export const archivePlan = (id: string, staff: User) =>
  changePlan(id, staff, 'archive', (plan) => {
    if (!plan.archivedAt) plan.set({ isActive: false, deactivatedByStock: false, archivedAt: clock.date() });
  });

/** It comes back switched off. */
export const bringBackPlan = (id: string, staff: User) =>
  changePlan(id, staff, 'bring_back', (plan) => plan.set({ archivedAt: null }));

export type PlanForm = CreationAttributes<Product>;

/** What an editor had before them, in short; the stock moves with every sale and is not edited there. */
export const readingOf = (plan: Product) => {
  const { stock: _stock, deactivatedByStock: _sold, isActive: _on, ...facts } = factsOf(plan);
  return hashOf(JSON.stringify({ ...facts, isOn: !plan.hidden() })).slice(0, 16);
};

/** Throws with status 409 when the plan is not what `seen` (of `readingOf`) says any more. */
export const editPlan = (
  id: string,
  seen: string,
  { isActive = true, stock: _stock, ...form }: PlanForm,
  staff: User,
) =>
  changePlan(id, staff, 'edit', (plan) => {
    if (readingOf(plan) !== seen) throw new ShopError(409, 'errors.plans.changed');
    plan.set(form as Partial<Attributes<Product>>);
    putOnShelf(plan, isActive);
  });

export const createPlan = (form: PlanForm, staff: User): Promise<Product> =>
  tx(async () => {
    const plan = await Product.create(form);
    await AuditLog.record(staff, 'create', plan, null, factsOf(plan));
    return plan;
  });

/** Throws RuleBroken when it was ever ordered, or a coupon names it. */
export async function deletePlan(id: string, staff: User) {
  const plan = await planForStaff(id);
  try {
    await tx(async () => {
      await plan.destroy();
      await AuditLog.record(staff, 'delete', plan, factsOf(plan), null);
    });
  } catch (error) {
    // Ordered a moment ago.
    if (!(error instanceof ForeignKeyConstraintError)) throw error;
    throw new RuleBroken('errors.product.ordered', { name: plan.name });
  }
}
