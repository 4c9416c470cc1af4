import { clock } from '../../lib/clock.js';
import type { LookUpOutcome, LookUpRequest } from '../provider.js';
import { describe, found, unreachable } from '../outcomes.js';
import { contentOf } from '../wire.js';
import type { MobiMatterApi } from './api.js';
import { differenceFrom, OrderAnswer, readOrder, type Order, type Ordered } from './order.js';

/**
 * An order is named to the caller before it is completed, so a purchase without a name was never completed, and only
 * completing charges (MobiMatter reseller API, "Placing order": an order left in Created expires and is released).
 */
export async function lookUpOrder(
  request: LookUpRequest,
  api: MobiMatterApi,
  settleWindowMs: number,
): Promise<LookUpOutcome> {
  const { providerOrderId: orderId, reference, sku, sentAt } = request;
  if (!orderId) return { kind: 'void', message: 'MobiMatter was never asked to complete an order' };
  const answer = await api.read(`/order/${encodeURIComponent(orderId)}`);
  const order = contentOf(OrderAnswer, answer)?.result;
  if (!order) return isUnknownOrder(answer) ? { kind: 'not_found' } : unreachable(describe(answer));

  const ordered = { orderId, reference, sku };
  if (differenceFrom(ordered, order) || order.orderState !== 'Created') return stateOf(order, ordered);
  // The first completion may still be under way, unseen: a second one beside it is not documented to be harmless.
  if (clock.now() < sentAt + api.purchaseMs) return { kind: 'pending', providerOrderId: orderId };
  return clock.now() < sentAt + settleWindowMs ? completeAgain(ordered, api) : giveUp(orderId, api);
}

function stateOf(order: Order, ordered: Ordered): LookUpOutcome {
  const { orderId, orderState } = order;
  if (!differenceFrom(ordered, order)) {
    if (orderState === 'Created') return { kind: 'pending', providerOrderId: orderId };
    if (orderState === 'Expired' || orderState === 'Cancelled')
      return { kind: 'void', message: `MobiMatter order ${orderId} is ${orderState}` };
  }
  return found(readOrder(order, ordered));
}

/** The vendor's only way on from Created. A refusal is not believed but seen by the next look-up, as Cancelled. */
async function completeAgain(ordered: Ordered, api: MobiMatterApi): Promise<LookUpOutcome> {
  const answer = await api.completeOrder(ordered.orderId);
  const order = contentOf(OrderAnswer, answer)?.result;
  return order ? stateOf(order, ordered) : { kind: 'pending', providerOrderId: ordered.orderId };
}

/** Nobody waits for this order any more; a cancelled one is certain never to be charged. */
async function giveUp(orderId: string, api: MobiMatterApi): Promise<LookUpOutcome> {
  const answer = await api.cancelOrder(orderId, 'not completed in time');
  if (answer.kind === 'answered' && answer.status === 200)
    return { kind: 'void', message: `MobiMatter order ${orderId} was cancelled` };
  return { kind: 'pending', providerOrderId: orderId };
}

const isUnknownOrder = (answer: Awaited<ReturnType<MobiMatterApi['read']>>) =>
  answer.kind === 'answered' && answer.status === 404 && /order not found/i.test(answer.text);
