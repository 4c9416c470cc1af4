import { Op, QueryTypes } from 'sequelize';
import { sequelize } from '../../database.js';
import { Order, Product } from '../../models/index.js';
import type { OrderStatus } from '../../models/order-moves.js';
import { beginOf, SPANS } from './since.js';

const FEW = 5;
const LOW_STOCK = 5;

const since = () => new Date(beginOf(SPANS.month));

interface Sold {
  product: string;
  status: OrderStatus;
  count: number;
}

/** The orders of the last month that were paid, by status, by plan and by country, the most first. */
export async function ordersOfTheMonth() {
  const rows = await sequelize.query<Sold>(
    `SELECT product, status, count(*) AS count FROM orders
     WHERE created >= :since AND payment_status IN ('paid', 'refunded') GROUP BY product, status`,
    { replacements: { since: since() }, type: QueryTypes.SELECT },
  );
  const byPlan = sums(rows, ({ product }) => product);
  const plans = await Product.findAll({
    where: { id: [...byPlan.keys()] },
    attributes: ['id', 'name', 'slug', 'country'],
  });
  const countryOf = new Map(plans.map(({ id, country }) => [id, country]));
  const byCountry = sums(rows, ({ product }) => countryOf.get(product)!);
  return {
    statuses: sums(rows, ({ status }) => status),
    plans: most(byPlan).map(([id, count]) => ({ plan: plans.find((plan) => plan.id === id)!, count })),
    countries: most(byCountry).map(([country, count]) => ({ country, count })),
  };
}

function sums<Key>(rows: Sold[], keyOf: (row: Sold) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + row.count);
  return counts;
}

const most = <Key>(counts: Map<Key, number>) =>
  [...counts].toSorted(([, one], [, other]) => other - one).slice(0, FEW);

/** The newest that nobody could deliver, and the one that has waited longest for its eSIM, or null. */
export async function troubled() {
  const attributes = ['id', 'publicId', 'terms', 'created', 'errorMessage', 'customerEmail'];
  const [failed, oldestWaiting] = await Promise.all([
    Order.findAll({ where: { status: 'failed' }, attributes, order: [['created', 'DESC']], limit: FEW }),
    Order.findOne({
      where: { paymentStatus: 'paid', status: ['pending', 'processing'] },
      attributes,
      order: [['created', 'ASC']],
    }),
  ]);
  return { failed, oldestWaiting };
}

/** Plans for sale of which five units or fewer are left, the fewest first. */
export const lowStock = () =>
  Product.findAll({
    where: { isActive: true, stock: { [Op.lte]: LOW_STOCK } },
    attributes: ['id', 'name', 'slug', 'stock'],
    order: [['stock', 'ASC']],
    limit: 10,
  });

interface Begun {
  begun: number;
  paid: number;
}

/** Of the purchases begun in the last month, how many were paid. */
export async function conversion(): Promise<Begun> {
  const [row] = await sequelize.query<Begun>(
    `SELECT count(*) AS begun, count(CASE WHEN state = 'paid' THEN 1 END) AS paid FROM purchases WHERE created >= :since`,
    { replacements: { since: since() }, type: QueryTypes.SELECT },
  );
  return row!;
}
