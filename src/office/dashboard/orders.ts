import { Op, QueryTypes, col, fn } from 'sequelize';
import { LOW_STOCK } from '../../catalogue/desk/plan-list.js';
import { sequelize } from '../../database.js';
import { Order, Product } from '../../models/index.js';
import { beginOf, SPANS } from './since.js';

const FEW = 5;

const since = () => new Date(beginOf(SPANS.month));

/** The orders of the last month that were paid: by status, and the plans and countries with the most. */
export async function ordersOfTheMonth() {
  const [statuses, products, countries] = await Promise.all([
    counted('status', 10),
    counted('product', FEW),
    counted('country', FEW),
  ]);
  const plans = await Product.findAll({
    where: { id: products.map(({ value }) => value) },
    attributes: ['id', 'name', 'slug'],
  });
  return {
    statuses: new Map(statuses.map(({ value, count }) => [value, count])),
    plans: products.map(({ value, count }) => ({ plan: plans.find(({ id }) => id === value)!, count })),
    countries: countries.map(({ value, count }) => ({ country: value, count })),
  };
}

/** How many were sold by what stands in this column, the most first. */
const counted = (column: 'status' | 'product' | 'country', most: number) =>
  sequelize.query<{ value: string; count: number }>(
    `SELECT ${column} AS value, count(*) AS count FROM orders
     WHERE payment_status IN ('paid', 'refunded') AND created >= :since
     GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT ${most}`,
    { replacements: { since: since() }, type: QueryTypes.SELECT },
  );

/** The newest that nobody could deliver, and the one that has waited longest for its eSIM, or null. */
export async function troubled() {
  const attributes = ['id', 'publicId', 'terms', 'created', 'errorMessage', 'customerEmail'];
  const [failed, oldestWaiting] = await Promise.all([
    Order.findAll({ where: { status: 'failed' }, attributes, order: [['created', 'DESC']], limit: FEW }),
    Order.findOne({
      where: { paymentStatus: 'paid', status: ['pending', 'processing'] },
      attributes,
      // As in ../inbox/delivery.ts.
      order: [fn('coalesce', col('created'), null)],
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
