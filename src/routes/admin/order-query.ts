import { z } from 'zod';
import type { OrderFilter } from '../../checkout/order-filter.js';
import { isCountry } from '../../models/countries.js';
import { PAYMENT, STATUS, type OrderStatus, type PaymentStatus } from '../../models/order-moves.js';
import { PROVIDERS } from '../../providers/provider.js';
import { dayText } from './day.js';

/** The filters of the list of orders, as an address or a form has them. What cannot be read is not chosen. */

const keysOf = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as [Key, ...Key[]];

const day = dayText.optional().catch(undefined);

export const OrderQuery = z.object({
  status: z.enum(keysOf<OrderStatus>(STATUS)).optional().catch(undefined),
  payment_status: z.enum(keysOf<PaymentStatus>(PAYMENT)).optional().catch(undefined),
  provider: z.enum(PROVIDERS).optional().catch(undefined),
  country: z.string().refine(isCountry).optional().catch(undefined),
  from: day,
  to: day,
});

/** Without what was left open. */
export const filterOf = (query: z.infer<typeof OrderQuery>): OrderFilter =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
