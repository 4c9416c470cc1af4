import { Op, type Order } from 'sequelize';
import { NotFound } from '../errors.js';
import { Product } from '../models/index.js';
import { rules } from '../models/rules.js';
import { countriesOf, covering, coveringAll } from './coverage.js';

/** Lists hold what can be bought now; the page of a sold-out plan answers all the same. */
export const FOR_SALE = { isActive: true } as const;

const CHEAPEST_FIRST: Order = [
  ['currency', 'DESC'],
  ['priceMinor', 'ASC'],
  ['id', 'ASC'],
];

export const featuredPlans = (most: number) =>
  Product.findAll({
    where: FOR_SALE,
    order: [['isFeatured', 'DESC'], ['sortOrder', 'ASC'], ...CHEAPEST_FIRST],
    limit: most,
  });

const MOST_OF_A_COUNTRY = 96;

/** The plans of one country, and the regional ones that cover it. */
export async function plansOf(country: string) {
  const plans = await Product.findAll({
    where: { [Op.and]: [FOR_SALE, covering(country)] },
    order: CHEAPEST_FIRST,
    limit: MOST_OF_A_COUNTRY,
  });
  return {
    local: plans.filter((plan) => !plan.isRegional()),
    regional: plans.filter((plan) => plan.isRegional()),
  };
}

const ID = /^[a-z0-9]{15}$/;

/** Throws NotFound when there is no such plan or an admin hid it; sold-out ones are found. */
export async function findForSale(id: string): Promise<Product> {
  return notHidden(ID.test(id) ? await Product.findByPk(id) : null);
}

/** Throws NotFound like `findForSale`. */
export async function planBySlug(slug: string): Promise<Product> {
  const known = rules.slug.safeParse(slug);
  return notHidden(known.success ? await Product.findOne({ where: { slug } }) : null);
}

function notHidden(plan: Product | null): Product {
  if (!plan || plan.hidden()) throw new NotFound();
  return plan;
}

/** What to buy instead: the same countries or more, no less data, no fewer days, in the same currency; cheapest first. */
export function equivalents(plan: Product): Promise<Product[]> {
  const unlimited = { dataMb: null };
  const enoughData =
    plan.dataMb === null ? unlimited : { [Op.or]: [unlimited, { dataMb: { [Op.gte]: plan.dataMb } }] };
  return Product.findAll({
    where: {
      ...FOR_SALE,
      id: { [Op.ne]: plan.id },
      currency: plan.currency,
      duration: { [Op.gte]: plan.duration },
      [Op.and]: [enoughData, coveringAll(countriesOf(plan))],
    },
    order: CHEAPEST_FIRST,
    limit: 3,
  });
}

/** What the sitemap format has room for. */
const MOST_ON_SITEMAP = 45_000;

export const plansOnSitemap = () =>
  Product.findAll({
    attributes: ['slug', 'updated'],
    where: FOR_SALE,
    order: [['slug', 'ASC']],
    limit: MOST_ON_SITEMAP,
  });
