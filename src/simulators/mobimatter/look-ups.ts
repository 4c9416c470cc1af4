import { Router, type Response } from 'express';
import type { BookedOrder } from '../wholesaler/books.js';
import { planFor } from '../wholesaler/plan.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { orderView, processingView } from './order-view.js';
import { refuse, success } from './refusals.js';

/** Orders, usage and balance. There is no list of orders and no search by label. */
export function lookUps(mobiMatter: Wholesaler, merchantId: string) {
  const { books } = mobiMatter;
  const routes = Router();

  routes.get('/order', (req, res) => {
    const iccid = String(req.query['iccid'] ?? '');
    if (!/^89\d+$/.test(iccid)) return refuse(res, 400, 'The iccid must match ^89\\d+$');
    show(
      books.newestFirst().find(({ esims }) => esims.some((esim) => esim.iccid === iccid)),
      res,
    );
  });

  routes.get('/order/:id', (req, res) => show(books.find(req.params.id), res));

  function show(order: BookedOrder | undefined, res: Response) {
    if (!order) return refuse(res, 404, 'order not found');
    if (mobiMatter.isBlindFor(res, [order])) return;
    const view = books.lookUp(order) ? orderView : processingView;
    res.json(success(view(order, merchantId)));
  }

  routes.get('/provider/usage/:id', (req, res) => {
    const order = books.find(req.params.id);
    if (!order) return refuse(res, 404, 'order not found');
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
