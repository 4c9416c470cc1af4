import { z } from 'zod';
import { detail, digits, usableEsim } from '../activation.js';
import { costOf } from '../cents.js';
import type { Reading } from '../outcomes.js';

// Airalo Partner API, "Submit order", "Get order list" (there prices are strings) and "Get order".
const Sim = z.object({
  iccid: digits,
  /** The whole activation code; `lpa` is the host only. */
  qrcode: detail,
  lpa: detail,
  matching_id: detail,
  confirmation_code: detail,
  direct_apple_installation_url: detail,
  apn_value: detail,
});

export const Order = z.object({
  id: z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String),
  package_id: z.string(),
  description: detail,
  currency: detail,
  net_price: detail,
  unit_paid_price: detail,
  total_amount_paid: detail,
  sims: z.array(Sim).nullish(),
  status: z.object({ slug: z.string() }).nullish().catch(null),
});
export type Order = z.infer<typeof Order>;

/** Lists may come as an object keyed by index. */
const List = z.union([z.array(Order), z.record(z.string(), Order).transform((rows) => Object.values(rows))]);

export const OrderAnswer = z.object({ data: Order });
export const OrderListAnswer = z.object({ data: List });

interface Ordered {
  reference: string;
  sku: string;
}

export function readOrder(order: Order, { reference, sku }: Ordered): Reading {
  const mismatch = (what: string): Reading => ({
    kind: 'mismatch',
    message: `Airalo order ${order.id} ${what}`,
  });
  if (order.package_id !== sku) return mismatch(`is for package ${order.package_id}, not ${sku}`);
  if (order.description && order.description !== reference) return mismatch('carries another reference');
  const status = order.status?.slug ?? 'completed';
  if (/failed|refunded/.test(status)) return mismatch(`is ${status}`);
  const sims = order.sims ?? [];
  if (sims.length > 1) return mismatch(`has ${sims.length} eSIMs`);

  const esim = sims[0] ? esimOf(sims[0]) : null;
  if (!esim) return { kind: 'waiting', providerOrderId: order.id };
  return { kind: 'issued', esim, providerOrderId: order.id, costMinor: costOfOrder(order) };
}

function esimOf(sim: z.infer<typeof Sim>) {
  return usableEsim({
    iccid: sim.iccid,
    lpa: sim.qrcode,
    smdp: sim.lpa,
    matchingId: sim.matching_id,
    confirmationCode: sim.confirmation_code,
    appleUrl: sim.direct_apple_installation_url,
    apn: sim.apn_value,
  });
}

/** Accounts on discount pricing pay less than `net_price` and are told so in fields of their own. */
function costOfOrder(order: Order) {
  if (order.currency && order.currency !== 'USD') return null;
  return costOf(order.total_amount_paid ?? order.unit_paid_price ?? order.net_price);
}
