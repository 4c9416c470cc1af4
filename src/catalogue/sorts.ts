import { literal, type Order, type OrderItem } from 'sequelize';

export const SORTS = ['featured', 'price', 'price_per_gb', 'data', 'days', 'rating'] as const;
export type Sort = (typeof SORTS)[number];

/** Amounts of two currencies do not compare, so each currency has its own run. */
const BY_CURRENCY: OrderItem = ['currency', 'DESC'];
const BY_PRICE: OrderItem[] = [BY_CURRENCY, ['priceMinor', 'ASC'], ['id', 'ASC']];

/** Null data is unlimited; the two databases put nulls at opposite ends, so the order says where. */
const unlimited = literal('data_mb IS NULL');

export const ORDERS: Record<Sort, Order> = {
  featured: [['isFeatured', 'DESC'], ['sortOrder', 'ASC'], ...BY_PRICE],
  price: BY_PRICE,
  price_per_gb: [
    [unlimited, 'ASC'],
    BY_CURRENCY,
    [literal('price_minor * 1.0 / data_mb'), 'ASC'],
    ['id', 'ASC'],
  ],
  data: [[unlimited, 'DESC'], ['dataMb', 'DESC'], ...BY_PRICE],
  days: [['duration', 'DESC'], ...BY_PRICE],
  rating: [
    [literal('rating_count > 0'), 'DESC'],
    ['ratingAverage', 'DESC'],
    ['ratingCount', 'DESC'],
    ...BY_PRICE,
  ],
};
