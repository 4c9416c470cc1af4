import { CURRENCIES, decimalMoney } from '../../lib/money.js';
import { AuditLog, Customer, Review, User } from '../../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../../models/newest-first.js';
import { BATCH, batchesBy, pagesOf, told } from './batches.js';
import { time, type Kind, type Row } from './kind.js';

/** Who buys, what they say, and what staff did. */

export const customers: Kind = {
  columns: [
    'email',
    'name',
    'phone',
    'total_orders',
    ...CURRENCIES.map((currency) => `spent_${currency.toLowerCase()}`),
    'created',
  ],
  count: () => Customer.count(),
  batches: () =>
    told(batchesBy(Customer, 'email'), (customer): Row => ({
      email: customer.email,
      name: customer.name,
      phone: customer.phone,
      total_orders: customer.totalOrders,
      ...Object.fromEntries(
        CURRENCIES.map((currency) => [
          `spent_${currency.toLowerCase()}`,
          decimalMoney(customer.totalSpent[currency] ?? 0, currency),
        ]),
      ),
      created: time(customer.created),
    })),
};

export const reviews: Kind = {
  columns: [
    'created',
    'product_slug',
    'order_id',
    'state',
    'rating',
    'title',
    'content',
    'is_verified',
    'helpful_count',
    'rejection_reason',
  ],
  count: () => Review.count(),
  batches: () =>
    told(
      batchesBy(Review, 'id', {
        include: [
          { association: 'product', attributes: ['slug'] },
          { association: 'order', attributes: ['publicId'] },
        ],
      }),
      (review): Row => ({
        created: time(review.created),
        product_slug: review.product!.slug,
        order_id: review.order!.publicId,
        state: review.state(),
        rating: review.rating,
        title: review.title,
        content: review.content,
        is_verified: String(review.isVerified),
        helpful_count: review.helpfulCount,
        rejection_reason: review.rejectionReason,
      }),
    ),
};

export const audit: Kind = {
  columns: ['created', 'who', 'action', 'entity', 'entity_id', 'before', 'after', 'ip_address'],
  count: () => AuditLog.count(),
  batches: auditBatches,
};

async function* auditBatches() {
  const entries = pagesOf(async (cursor) => {
    const rows = await AuditLog.findAll({ where: olderThan(cursor), order: NEWEST_FIRST, limit: BATCH + 1 });
    return pageOf(rows, BATCH);
  });
  const names = new Map<string | null, string>();
  for await (const batch of entries) {
    const unknown = batch.map(({ actorId }) => actorId).filter((id) => id !== null && !names.has(id));
    const actors = await User.findAll({
      where: { id: unknown as string[] },
      attributes: ['id', 'email'],
    });
    for (const { id, email } of actors) names.set(id, email);
    yield batch.map((entry): Row => ({
      created: time(entry.created),
      who: names.get(entry.actorId) ?? 'shop',
      action: entry.action,
      entity: entry.entity,
      entity_id: entry.entityId,
      before: entry.before && JSON.stringify(entry.before),
      after: entry.after && JSON.stringify(entry.after),
      ip_address: entry.ipAddress,
    }));
  }
}
