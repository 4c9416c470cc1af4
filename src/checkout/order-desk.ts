import { Op } from 'sequelize';
import { ShopError } from '../errors.js';
import { dueMail } from '../mail/due-mail.js';
import { ContactRequest, Order, Review, User, type Purchase } from '../models/index.js';
import { NEWEST_FIRST } from '../models/newest-first.js';
import { isNobody } from '../models/nobody.js';
import { checkIssue } from '../fulfilment/issue-by-hand.js';
import { checkRetry } from '../fulfilment/retry.js';
import { openOne } from '../fulfilment/settle-attempt.js';
import type { Desk } from '../payments/desk.js';
import { checkLift } from '../payments/lift-hold-by-staff.js';
import { refusedRefund } from '../payments/refund-again.js';
import { checkRefund } from '../payments/refund-by-staff.js';
import { mayCorrectAddress } from './correct-address.js';
import { orderInFull } from './order-list.js';
import { whatIsWrong } from './what-is-wrong.js';

const MOST_REQUESTS = 20;
/** The rows of one order are few; a runaway is cut. */
const MOST_ACTORS = 100;

/** Everything that support needs to know of one order, and why it may or may not do what. Throws NotFound. */
export async function orderDesk(publicId: string) {
  const full = await orderInFull(publicId);
  const { order, attempts } = full;
  const purchase = order.purchase!;
  const desk: Desk = {
    order,
    attempts,
    open: attempts.find((one) => one.isOpen()),
    refund: order.refund ?? null,
  };
  const [together, review, requests, actors] = await Promise.all([
    Order.findAll({ where: { purchaseId: purchase.id }, order: [['position', 'ASC']] }),
    Review.findOne({ where: { orderId: order.id } }),
    requestsOf(order, purchase),
    namesOf(full.timeline.map(({ actor }) => actor)),
  ]);
  return {
    ...full,
    purchase,
    together,
    review,
    requests,
    actors,
    open: desk.open,
    wrong: whatIsWrong(desk, purchase),
    can: {
      retry: refusalOf(() => checkRetry(desk)),
      settle: refusalOf(() => openOne(desk)),
      issue: refusalOf(() => checkIssue(desk)),
      refund: refusalOf(() => checkRefund(desk)),
      refundAgain: refusalOf(() => refusedRefund(desk)),
      lift: refusalOf(() => checkLift(desk)),
      resend: dueMail(order, purchase) ? null : new ShopError(409, 'errors.order.noMail'),
      correct: isNobody(purchase.email) ? new ShopError(409, 'errors.desk.erased') : null,
    },
    codeSeen: !(await mayCorrectAddress(together)),
  };
}

/** Null when nothing speaks against it. */
function refusalOf(check: () => unknown): ShopError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof ShopError) return error;
    throw error;
  }
}

/** About this order, or from the same address. */
const requestsOf = ({ id: orderId }: Order, { canonicalEmail: email }: Purchase) =>
  ContactRequest.findAll({
    where: { [Op.or]: [{ orderId }, ...(isNobody(email) ? [] : [{ email }])] },
    order: NEWEST_FIRST,
    limit: MOST_REQUESTS,
  });

/** Who is meant by an id in the timeline. */
async function namesOf(actors: string[]): Promise<Map<string, string>> {
  const id = [...new Set(actors)].filter((actor) => actor.length === 15).slice(0, MOST_ACTORS);
  if (id.length === 0) return new Map();
  const users = await User.findAll({ where: { id }, attributes: ['id', 'name', 'email'] });
  return new Map(users.map((user) => [user.id, user.name ?? user.email]));
}
