import { Op } from 'sequelize';
import { forUpdate, sequelize } from '../database.js';
import { Customer, EmailLog, Order, Purchase, User } from '../models/index.js';

/** Everything that one customer is known by. */
export interface Person {
  email: string;
  /** Of the account, whose address may have changed. */
  userId: string | null;
  formerEmails: string[];
}

export async function personOf(email: string, user: User | null): Promise<Person> {
  return { email, userId: user?.id ?? null, formerEmails: user ? await formerEmailsOf(user) : [] };
}

/** Proved ones that nobody else has an account with now: the notice of each change went to the old address. */
async function formerEmailsOf({ id }: User): Promise<string[]> {
  const notices = await EmailLog.findAll({ where: { userId: id, kind: 'email_changed' } });
  const former = [...new Set(notices.map(({ recipient }) => recipient))];
  const taken = await User.findAll({ where: { email: former, id: { [Op.ne]: id } } });
  return former.filter((email) => !taken.some((user) => user.email === email));
}

/** `SELECT id …` of what was bought with the address, as a guest or by any account, and by the account with others. */
export const purchasesOf = ({ email, userId }: Person) =>
  `SELECT id FROM purchases WHERE canonical_email = ${sequelize.escape(email)} OR "user" = ${sequelize.escape(userId ?? '')}`;

export const ordersOf = (person: Person) =>
  `SELECT id FROM orders WHERE purchase IN (${purchasesOf(person)})`;

/** For `where`. */
export const within = (select: string) => ({ [Op.in]: sequelize.literal(`(${select})`) });

/** Whoever moves a purchase or an order locks it first, in this order. */
export async function lockPurchases(person: Person) {
  const inTurn = {
    attributes: ['id'],
    order: [['id', 'ASC']] as [string, string][],
    raw: true,
    ...forUpdate,
  };
  await Purchase.findAll({ where: { id: within(purchasesOf(person)) }, ...inTurn });
  await Order.findAll({ where: { id: within(ordersOf(person)) }, ...inTurn });
}

/** The addresses besides the person's own that the account bought with, or is a customer under. */
export async function otherEmailsOf({ email, userId }: Person): Promise<string[]> {
  if (!userId) return [];
  const bought = await Purchase.findAll({
    where: { userId },
    attributes: ['canonicalEmail'],
    group: ['canonicalEmail'],
  });
  const known = await Customer.findAll({ where: { userId } });
  const emails = new Set([
    ...bought.map(({ canonicalEmail }) => canonicalEmail),
    ...known.map((customer) => customer.email),
  ]);
  return [...emails].filter((other) => other !== email);
}
