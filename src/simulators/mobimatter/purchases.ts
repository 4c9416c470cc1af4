import { Router, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import type { BookedOrder } from '../wholesaler/books.js';
import type { FaultName } from '../wholesaler/faults.js';
import { isUnknown } from '../wholesaler/plan.js';
import { buy, draftOrder } from '../wholesaler/purchase.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { Cancellation, Completion, OrderForm, readForm } from './forms.js';
import { orderView, processingView } from './order-view.js';
import { refuse, success } from './refusals.js';

const HOST = 'smdp.mobimatter.com';

/** Out of stock, no funds and no source are said before there is an order, so that nothing stays held. */
export const CREATE_FAULTS = [
  'sold-out',
  'no-balance',
  'maintenance',
  'unauthorized',
  'create-timeout',
] as const satisfies readonly FaultName[];

export const COMPLETE_FAULTS = [
  'slow',
  'server-error',
  'server-error-bought',
  'timeout-bought',
  'timeout-bought-late',
  'timeout-not-bought',
  'hang-bought',
  'delayed',
  'garbage',
  'no-code',
  'duplicate-iccid',
] as const satisfies readonly FaultName[];

/** The two steps of an order, and the way back (MobiMatter docs: placing an order). */
export function purchases(mobiMatter: Wholesaler, merchantId: string) {
  const { books } = mobiMatter;
  const routes = Router();

  routes.post('/order', async (req, res) => {
    const form = readForm(OrderForm, req.body, res);
    if (!form) return;
    const { productId: sku, label } = form;
    if (isUnknown(sku)) return refuse(res, 400, 'Product is not assigned to this merchant');

    const fault = await mobiMatter.faultFor(sku, CREATE_FAULTS);
    const wish = { sku, reference: label ?? null, quantity: 1, unlistedUntilReady: false };
    const order = draftOrder(books, wish, 'MM-');
    if (mobiMatter.turnedAway(res, fault) || mobiMatter.cannotPay(res, order.costMinor)) return;
    books.save(order);
    mobiMatter.answerBought(res, fault, () =>
      res.json(success({ orderId: order.id, productCategory: form.productCategory ?? 'esim_realtime' })),
    );
  });

  routes.put('/order/complete', async (req, res) => {
    const order = heldOrder(readForm(Completion, req.body, res)?.orderId, res);
    if (!order) return;
    const fault = await mobiMatter.faultFor(order.sku, COMPLETE_FAULTS);
    // A failed capture is voided by the platform itself.
    if (fault?.fault === 'server-error') close(order);
    if (mobiMatter.turnedAway(res, fault)) return;
    const bought = buy(books, order, HOST, fault);
    const view = books.isReady(bought) ? orderView : processingView;
    mobiMatter.answerBought(res, fault, () => res.json(success(view(bought, merchantId))));
  });

  routes.put('/order/cancel', (req, res) => {
    const order = heldOrder(readForm(Cancellation, req.body, res)?.orderId, res);
    if (!order) return;
    close(order);
    res.json(success('Order cancelled'));
  });

  /** Undefined when there is none, which has then been said. */
  function heldOrder(id: string | undefined, res: Response): BookedOrder | undefined {
    if (id === undefined) return undefined;
    const order = books.find(id);
    if (order?.state === 'held') return order;
    if (order) refuse(res, 400, 'Order is not in Created state');
    else refuse(res, 404, 'order not found');
    return undefined;
  }

  const close = (order: BookedOrder) => books.save({ ...order, state: 'cancelled', boughtAt: clock.now() });

  return routes;
}
