import { ContactRequest, Review } from '../../models/index.js';
import type { Item } from './item.js';

/** How many wait, and since when the first does: they are settled in lists of their own. */
export async function waitingReviews(): Promise<Item[]> {
  const where = { isApproved: false, rejectedAt: null };
  const [count, oldest] = await Promise.all([
    Review.count({ where }),
    Review.findOne({ where, attributes: ['created'], order: [['created', 'ASC']] }),
  ]);
  if (!oldest) return [];
  return [
    {
      what: counted(count, 'review'),
      why: 'Nobody sees them yet',
      since: oldest.created,
      href: '/admin/reviews',
    },
  ];
}

/** Requests to be refunded come first: a withdrawal is one of them, and has a date by law. */
export async function openRequests(): Promise<Item[]> {
  const requests = await ContactRequest.findAll({
    where: { state: 'open' },
    attributes: ['id', 'topic', 'created', 'email'],
    order: [['created', 'ASC']],
    limit: 200,
  });
  const refunds = requests.filter(({ topic }) => topic === 'refund');
  const others = requests.filter(({ topic }) => topic !== 'refund');
  return [
    ...refunds.map(({ id, email, created }) => ({
      what: email,
      why: 'Asks for a refund',
      since: created,
      href: `/admin/contact-requests/${id}`,
    })),
    ...(others.length > 0
      ? [
          {
            what: counted(others.length, 'question'),
            why: 'Customers wait for an answer',
            since: others[0]!.created,
            href: '/admin/contact-requests',
          },
        ]
      : []),
  ];
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
