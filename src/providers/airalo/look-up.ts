import { describe, found, unreachable } from '../outcomes.js';
import type { LookUpOutcome, LookUpRequest } from '../provider.js';
import { contentOf } from '../wire.js';
import type { AiraloApi } from './api.js';
import { OrderAnswer, OrderListAnswer, readOrder, type Order } from './order.js';

export async function lookUpById(id: string, request: LookUpRequest, api: AiraloApi): Promise<LookUpOutcome> {
  const answer = await api.read(`/orders/${encodeURIComponent(id)}?include=sims,status`);
  const order = contentOf(OrderAnswer, answer)?.data;
  if (order) return found(readOrder(order, request));
  if (!isUnknownOrder(answer)) return unreachable(describe(answer));
  // A named order was charged, so its absence never means that nothing was bought.
  return { kind: 'ambiguous', message: `Airalo named order ${id} and no longer knows it` };
}

export async function lookUpByReference(request: LookUpRequest, api: AiraloApi): Promise<LookUpOutcome> {
  const { reference } = request;
  const filter = `filter[description]=${encodeURIComponent(reference)}`;
  const answer = await api.read(`/orders?${filter}&include=sims,status&limit=100`);
  const orders = contentOf(OrderListAnswer, answer)?.data;
  if (!orders) return unreachable(describe(answer));
  // The filter finds substrings; a row without ours shows that it was not applied, and other pages may hold the order.
  if (!orders.every((order) => mentions(reference, order)))
    return unreachable('Airalo did not apply the filter');

  const [ours, another] = orders.filter((order) => order.description === reference);
  if (another) return { kind: 'ambiguous', message: 'several Airalo orders carry this reference' };
  return ours ? found(readOrder(ours, request)) : { kind: 'not_found' };
}

/** Airalo answers 401 with this sentence for an order of somebody else. */
const isUnknownOrder = (answer: Awaited<ReturnType<AiraloApi['read']>>) =>
  answer.kind === 'answered' &&
  (answer.status === 404 || (answer.status === 401 && /this action is unauthorized/i.test(answer.text)));

const mentions = (reference: string, { description }: Order) =>
  description?.toLowerCase().includes(reference.toLowerCase()) ?? false;
