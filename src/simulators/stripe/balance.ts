import type { Books } from './books.js';

/** All money taken minus all given back; fees and pay-outs do not exist here. */
export function balance(books: Books) {
  const sums = new Map<string, number>();
  for (const { currency, amount, amount_refunded } of books.charges.all()) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount - amount_refunded);
  }
  const available = [...sums].map(([currency, amount]) => ({ currency, amount }));
  return { object: 'balance', livemode: false, available, pending: [] };
}
