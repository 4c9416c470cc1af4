import { Op, literal, type WhereOptions } from 'sequelize';
import { forUpdate, isDuplicate, sequelize, tx } from '../../database.js';
import { NotFound, RuleBroken, ShopError } from '../../errors.js';
import { formatMoney } from '../../lib/money.js';
import { AuditLog, Product, ProviderOffer, type User } from '../../models/index.js';
import type { ProviderName } from '../../providers/provider.js';
import { countriesOf } from '../coverage.js';

/** Who else can deliver a plan, in the order in which they are asked. */
export const offersOf = (plan: Product) =>
  ProviderOffer.findAll({
    where: { productId: plan.id },
    order: [
      ['priority', 'ASC'],
      ['costMinor', 'ASC'],
      ['id', 'ASC'],
    ],
  });

export interface OfferForm {
  provider: ProviderName;
  providerProductId: string;
  costMinor: number;
  priority: number;
}

/** Throws RuleBroken when the plan has it already, or it costs what the plan is sold for. */
export const addOffer = (planId: string, form: OfferForm, staff: User) =>
  tx(async () => {
    const plan = await Product.findOne({
      where: { id: planId },
      ...forUpdate,
      rejectOnEmpty: new NotFound(),
    });
    mustCostLess(plan, form.costMinor);
    if (plan.provider === form.provider && plan.providerProductId === form.providerProductId)
      throw new RuleBroken('errors.plans.offer.own', {}, 'provider_product_id');
    const { provider, providerProductId } = form;
    if ((await ProviderOffer.count({ where: { productId: plan.id, provider, providerProductId } })) > 0)
      throw twice(provider);
    const offer = await ProviderOffer.create({ ...form, productId: plan.id }).catch((error: unknown) => {
      throw isDuplicate(error, 'provider_offers', 'provider_product_id') ? twice(provider) : error;
    });
    await AuditLog.record(staff, 'create', offer, null, { ...form, productId: plan.id });
  });

const twice = (provider: string) =>
  new RuleBroken('errors.plans.offer.twice', { provider }, 'provider_product_id');

function mustCostLess({ priceMinor, currency }: Product, costMinor: number) {
  if (costMinor >= priceMinor)
    throw new RuleBroken('errors.plans.offer.cost', { price: formatMoney(priceMinor, currency) }, 'cost');
}

type Values = Partial<Pick<ProviderOffer, 'costMinor' | 'priority' | 'isAvailable'>>;

/** Throws NotFound, or RuleBroken like `addOffer`. */
export const changeOffer = (planId: string, id: string, values: Values, staff: User) =>
  tx(async () => {
    const plan = await Product.findByPk(planId, { rejectOnEmpty: new NotFound() });
    const offer = await offerOf(planId, id);
    if (values.costMinor !== undefined && values.costMinor !== offer.costMinor)
      mustCostLess(plan, values.costMinor);
    const names = (Object.keys(values) as (keyof Values)[]).filter((name) => offer[name] !== values[name]);
    if (names.length === 0) return;
    const before = Object.fromEntries(names.map((name) => [name, offer[name]]));
    await offer.update(values);
    const after = Object.fromEntries(names.map((name) => [name, offer[name]]));
    await AuditLog.record(staff, 'edit', offer, before, after);
  });

export const removeOffer = (planId: string, id: string, staff: User) =>
  tx(async () => {
    const offer = await offerOf(planId, id);
    await offer.destroy();
    const { provider, providerProductId, costMinor, priority, isAvailable } = offer;
    const before = { productId: planId, provider, providerProductId, costMinor, priority, isAvailable };
    await AuditLog.record(staff, 'delete', offer, before, null);
  });

const offerOf = (productId: string, id: string) =>
  ProviderOffer.findOne({ where: { id, productId }, ...forUpdate, rejectOnEmpty: new NotFound() });

export interface Suggestion {
  provider: ProviderName;
  providerProductId: string;
  costMinor: number;
  /** The plan of ours that is delivered from it. */
  plan: Product;
}

const MOST = 5;

/** What other wholesalers sell that is as good or better and costs less than the price; cheapest first. */
export async function suggestedOffers(plan: Product): Promise<Suggestion[]> {
  const [equals, known] = await Promise.all([equalPlans(plan), offersOf(plan)]);
  const offered = await ProviderOffer.findAll({
    where: { productId: equals.map(({ id }) => id), isAvailable: true },
  });
  const all = [
    ...equals.map((other) => ({ ...wayOf(other), plan: other })),
    ...offered.map((offer) => ({
      ...wayOf(offer),
      plan: equals.find(({ id }) => id === offer.productId)!,
    })),
  ];
  const taken = new Set(known.map(keyOf));
  return all
    .filter((one) => one.provider !== plan.provider && one.costMinor < plan.priceMinor)
    .toSorted((a, b) => a.costMinor - b.costMinor)
    .filter((one) => !taken.has(keyOf(one)) && taken.add(keyOf(one)))
    .slice(0, MOST);
}

/** Throws with status 409 when it is not suggested any more for that cost. */
export async function addSuggestion(
  planId: string,
  asked: Omit<OfferForm, 'priority'>,
  staff: User,
): Promise<void> {
  const plan = await Product.findByPk(planId, { rejectOnEmpty: new NotFound() });
  const found = (await suggestedOffers(plan)).find(
    (one) => keyOf(one) === keyOf(asked) && one.costMinor === asked.costMinor,
  );
  if (!found) throw new ShopError(409, 'errors.plans.offer.gone');
  const last = Math.max(-1, ...(await offersOf(plan)).map(({ priority }) => priority));
  await addOffer(plan.id, { ...wayOf(found), priority: last + 1 }, staff);
}

const wayOf = ({ provider, providerProductId, costMinor }: Omit<Suggestion, 'plan'>) => ({
  provider,
  providerProductId,
  costMinor,
});

const keyOf = ({ provider, providerProductId }: Omit<Suggestion, 'plan' | 'costMinor'>) =>
  JSON.stringify([provider, providerProductId]);

const MOST_LOOKED_AT = 100;

/** The same countries or more, no less data, no fewer days, in the same currency, bought for less than this is sold for. */
function equalPlans(plan: Product): Promise<Product[]> {
  const enoughData = plan.dataMb === null ? [null] : [null, { [Op.gte]: plan.dataMb }];
  return Product.findAll({
    where: {
      [Op.and]: [
        { [Op.or]: enoughData.map((dataMb) => ({ dataMb })) },
        ...countriesOf(plan).map(working),
        {
          id: { [Op.ne]: plan.id },
          archivedAt: null,
          currency: plan.currency,
          duration: { [Op.gte]: plan.duration },
          costMinor: { [Op.lt]: plan.priceMinor },
        },
      ],
    },
    order: [
      ['costMinor', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST_LOOKED_AT,
  });
}

/** Like `covering`, in a form in which an index knows the plans of several countries. */
const working = (country: string): WhereOptions<Product> => ({
  [Op.or]: [
    { country },
    literal(`(coverage IS NOT NULL AND CAST(coverage AS TEXT) LIKE ${sequelize.escape(`%"${country}"%`)})`),
  ],
});
