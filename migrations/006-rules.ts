import type { Schema } from './dialect.js';
import { booksStay } from './rules/books.js';
import { couponsKeepTheirRules } from './rules/coupons.js';
import { ordersKeepTheirRules } from './rules/orders.js';

/** The rules between rows and between a row's past and future, which no CHECK can see. The hooks say the same in sentences. */
export async function up(schema: Schema) {
  await ordersKeepTheirRules(schema);
  await booksStay(schema);
  await couponsKeepTheirRules(schema);
}
