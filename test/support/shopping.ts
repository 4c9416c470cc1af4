import { Order, type Product } from '../../src/models/index.js';
import { world } from './environment.js';
import { Visitor } from './visitor.js';
import { work } from './work.js';

/** Alice puts the plans into her cart and gets as far as Stripe's page. */
export async function startBuying(
  plans: Product | [Product, number][],
  form: Parameters<Visitor['startPaying']>[0] = {},
) {
  const alice = new Visitor();
  const lines = Array.isArray(plans) ? plans : ([[plans, 1]] as [Product, number][]);
  for (const [plan, quantity] of lines) await alice.put(plan, quantity);
  const session = await alice.startPaying(form);
  return { alice, session, returnPath: `/checkout/return?session_id=${session}` };
}

/** Alice buys and pays, and the worker does what is due at once. */
export async function buy(
  plans: Product | [Product, number][],
  form: Parameters<Visitor['startPaying']>[0] = {},
) {
  const purchase = await startBuying(plans, form);
  world.stripe.pay(purchase.session);
  await work();
  return purchase;
}

export const onlyOrder = () => Order.findOne({ rejectOnEmpty: true });

/** The subjects of the mails so far. */
export const subjects = () => world.mailbox.mails().map((mail) => mail.subject);
