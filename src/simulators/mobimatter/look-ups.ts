import { Router, type Response } from 'express';
import type { BookedOrder } from '../wholesaler/books.js';
import { planFor } from '../wholesaler/plan.js';
import { textOf } from '../wholesaler/query.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { orderView, processingView } from './order-view.js';
import { orderNotFound, refusal, success } from './refusals.js';

/** Orders, usage and balance. There is no list of orders and no search by label. */
export function lookUps(mobiMatter: Wholesaler, merchantId: string) {
  const { books } = mobiMatter;
  const routes = Router();

  const show = (res: Response, order: BookedOrder | undefined) => {
    if (!order) throw orderNotFound();
    mobiMatter.mustSee([order]);
    const view = books.lookUp(order) ? orderView : processingView;
    res.json(success(view(order, merchantId)));
  };

  routes.get('/order', (req, res) => {
    const iccid = textOf(req, 'iccid');
    if (!/^89\d+$/.test(iccid)) throw refusal(400, String.raw`The iccid must match ^89\d+$`);
    show(res, books.findByIccid(iccid));
  });

  routes.get('/order/:id', (req, res) => show(res, books.find(req.params.id)));

  routes.get('/provider/usage/:id', (req, res) => {
    const order = books.find(req.params.id);
    if (!order) throw orderNotFound();
    const { title, days, gigabytes, countryName } = planFor(order.sku);
    const balance = gigabytes === null ? 'Unlimited' : `${gigabytes} GB`;
    // The one answer without an envelope.
    res.json({
      orderId: order.id,
      merchantId,
      planName: title,
      planData: balance,
      validityDays: days,
      rechargeable: true,
      providerInfo: {
        providerName: `${countryName} Mobile`,
        providerLogo: 'https://mobimatter.com/logo.png',
        message: null,
        data: { activationDate: null, expirationDate: null, status: 'Not active', balance, phone: null },
      },
    });
  });

  routes.get('/merchant/balance', (_req, res) => {
    res.json(success({ balance: books.balanceMinor() / 100 }));
  });

  return routes;
}
