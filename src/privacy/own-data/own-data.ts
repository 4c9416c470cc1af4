import { Op } from 'sequelize';
import { clock } from '../../lib/clock.js';
import { decimalMoney } from '../../lib/money.js';
import { jsonPieces } from '../../lib/json-stream.js';
import {
  AccountLink,
  CartItem,
  ContactRequest,
  Customer,
  EmailLog,
  Review,
  ReviewVote,
  Session,
  Wishlist,
  type Product,
  type User,
} from '../../models/index.js';
import { within } from '../person.js';
import { ownPurchaseIds, ownPurchases } from './purchases.js';
import { series, told } from './series.js';

/**
 * Everything that the shop holds of an account as one JSON document, in pieces: nothing of other people, no password, no
 * key in whatever form, and not what a plan cost us or what a wholesaler calls it.
 */
export async function* ownData(user: User): AsyncGenerator<string> {
  const { id: userId, email } = user;
  const mine = { [Op.or]: [{ userId }, { email, userId: null }] };
  const withPlan = { include: ['product'] };
  yield* jsonPieces({
    made: clock.date(),
    account: tellAccount(user),
    account_links: (await AccountLink.findAll({ where: { userId } })).map(tellLink),
    sessions: (await Session.findAll({ where: { userId } })).map(tellSession),
    customer: (await Customer.findAll({ where: { email } })).map(tellCustomer),
    purchases: ownPurchases(user),
    cart: told(series(CartItem, { userId }, withPlan), tellCartItem),
    wishlist: told(series(Wishlist, { userId }, withPlan), tellWish),
    reviews: told(series(Review, { userId }, withPlan), tellReview),
    helpful_votes: told(series(ReviewVote, { userId }), tellVote),
    contact_requests: told(series(ContactRequest, mine, { include: ['order'] }), tellRequest),
    mails: told(series(EmailLog, mailed(user)), tellMail),
  });
}

const mailed = (user: User) => {
  const purchaseId = within(ownPurchaseIds(user));
  const orderId = within(`SELECT id FROM orders WHERE purchase IN (${ownPurchaseIds(user)})`);
  return { [Op.or]: [{ userId: user.id }, { recipient: user.email }, { purchaseId }, { orderId }] };
};

const planOf = ({ product }: { product?: Product }) =>
  product && { name: product.name, address: product.slug };

const tellAccount = (user: User) => ({
  email: user.email,
  email_confirmed: user.verified,
  name: user.name,
  role: user.role,
  language: user.language,
  opened: user.created,
  changed: user.updated,
});

const tellLink = ({ purpose, email, created, expiresAt, endedAt }: AccountLink) => ({
  purpose,
  email,
  sent: created,
  expires: new Date(expiresAt),
  ended: endedAt && new Date(endedAt),
});

const tellSession = ({ created, updated, expiresAt }: Session) => ({
  logged_in: created,
  last_seen: updated,
  ends: new Date(expiresAt),
});

const tellCustomer = (customer: Customer) => ({
  email: customer.email,
  name: customer.name,
  phone: customer.phone,
  total_orders: customer.totalOrders,
  total_spent_in_minor_units: customer.totalSpent,
  since: customer.created,
});

const tellCartItem = (item: CartItem) => ({
  plan: planOf(item),
  quantity: item.quantity,
  added: item.created,
});

const tellWish = (wish: Wishlist) => ({
  plan: planOf(wish),
  price_then: decimalMoney(wish.priceMinor, wish.currency),
  currency: wish.currency,
  added: wish.created,
});

const tellReview = (review: Review & { product?: Product }) => ({
  plan: planOf(review),
  rating: review.rating,
  title: review.title,
  content: review.content,
  images: review.images,
  approved: review.isApproved,
  helpful: review.helpfulCount,
  written: review.created,
});

const tellVote = ({ reviewId, created }: ReviewVote) => ({ review: reviewId, at: created });

const tellRequest = (request: ContactRequest) => ({
  email: request.email,
  topic: request.topic,
  order_id: request.order?.publicId ?? null,
  order_number: request.orderNumber,
  device: request.device,
  message: request.message,
  state: request.state,
  asked: request.created,
  answer: request.answer,
  answered: request.answeredAt,
});

const tellMail = ({ kind, recipient, status, created, sentAt }: EmailLog) => ({
  kind,
  recipient,
  status,
  written: created,
  sent: sentAt,
});
