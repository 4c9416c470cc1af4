import { Op } from 'sequelize';
import { NotFound } from '../errors.js';
import { ContactRequest, Customer, Order, Review, User } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 20;

/** One customer with what they bought, said and asked. Throws NotFound. */
export async function customerInFull(id: string, before?: string) {
  const customer = await findCustomer(id);
  const account = customer.userId ? await User.findByPk(customer.userId) : null;
  const [bought, reviews, requests] = await Promise.all([
    ordersOf(customer, before),
    account ? reviewsBy(account) : [],
    requestsOf(customer, account),
  ]);
  return { customer, account, ...bought, reviews, requests };
}

/** Throws NotFound. */
export async function findCustomer(id: string): Promise<Customer> {
  return Customer.findByPk(id.slice(0, 15), { rejectOnEmpty: new NotFound() });
}

async function ordersOf({ email }: Customer, before?: string) {
  const rows = await Order.findAll({
    where: olderThan(before),
    attributes: ['id', 'publicId', 'created', 'terms', 'amountMinor', 'currency', 'status', 'paymentStatus'],
    include: { association: 'purchase', where: { canonicalEmail: email }, attributes: [], required: true },
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { orders: page, next };
}

const reviewsBy = ({ id }: User) =>
  Review.findAll({
    where: { userId: id },
    include: { association: 'product', attributes: ['name', 'slug'] },
    order: NEWEST_FIRST,
    limit: PAGE,
  });

const requestsOf = ({ email }: Customer, account: User | null) =>
  ContactRequest.findAll({
    where: { [Op.or]: [{ email }, ...(account ? [{ userId: account.id }] : [])] },
    order: NEWEST_FIRST,
    limit: PAGE,
  });
