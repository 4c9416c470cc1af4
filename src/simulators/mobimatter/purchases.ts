import { Router } from 'express';
import type { BookedOrder } from '../wholesaler/books.js';
import { BUYING_FAULTS, type FaultName } from '../wholesaler/faults.js';
import { isUnknown } from '../wholesaler/plan.js';
import { buy, draftOrder } from '../wholesaler/purchase.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { Cancellation, Completion, OrderForm, readForm } from './forms.js';
import { orderView, processingView } from './order-view.js';
import { orderNotFound, refusal, success } from './refusals.js';

const HOST = 'smdp.mobimatter.com';

/** Out of stock, no funds and no source are said before there is an order, so that nothing stays held. */
export const CREATE_FAULTS = [
  'sold-out',
  'no-balance',
  'maintenance',
  'unauthorized',
  'create-timeout',
] as const satisfies readonly FaultName[];

export const COMPLETE_FAULTS = ['slow', ...BUYING_FAULTS] as const satisfies readonly FaultName[];

/** The two steps of an order, and the way back (MobiMatter docs: placing an order). */
export function purchases(mobiMatter: Wholesaler, merchantId: string) {
  const { books } = mobiMatter;
  const routes = Router();

  routes.post('/order', async (req, res) => {
    const { productId: sku, label, productCategory = 'esim_realtime' } = readForm(OrderForm, req.body);
    if (isUnknown(sku)) throw refusal(400, 'Product is not assigned to this merchant');

    const fault = await mobiMatter.faultFor(sku, CREATE_FAULTS);
    mobiMatter.turnAway(fault);
    const wish = { sku, reference: label ?? null, quantity: 1, unlistedUntilReady: false };
    const order = draftOrder(books, wish, 'MM-');
    mobiMatter.mustAfford(order);
    books.save(order);
    mobiMatter.answerBought(res, fault, () => res.json(success({ orderId: order.id, productCategory })));
  });

  routes.put('/order/complete', async (req, res) => {
    const { orderId } = readForm(Completion, req.body);
    const fault = await mobiMatter.faultFor(heldOrder(orderId).sku, COMPLETE_FAULTS);
    // Looked at again: a second call may have come in while a slow one waited.
    const order = heldOrder(orderId);
    // A failed capture is voided by the platform itself.
    if (fault?.fault === 'server-error') close(order);
    mobiMatter.turnAway(fault);
    const bought = buy(books, order, HOST, fault);
    const view = books.isReady(bought) ? orderView : processingView;
    mobiMatter.answerBought(res, fault, () => res.json(success(view(bought, merchantId))));
  });

  routes.put('/order/cancel', (req, res) => {
    close(heldOrder(readForm(Cancellation, req.body).orderId));
    res.json(success('Order cancelled'));
  });

  function heldOrder(id: string) {
    const order = books.find(id);
    if (!order) throw orderNotFound();
    if (order.state !== 'held') throw refusal(400, 'Order is not in Created state');
    return order;
  }

  const close = (order: BookedOrder) => books.save({ ...order, state: 'cancelled' });

  return routes;
}
