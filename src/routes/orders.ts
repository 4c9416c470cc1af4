import { Router } from 'express';
import { isMoving, progressOf } from '../checkout/progress.js';
import { installLinks } from '../esim/activation.js';
import { qrDataUrl } from '../esim/qr.js';
import { wantsFragment } from '../middleware/page-values.js';
import { Order } from '../models/index.js';
import { afterSale } from './orders/after-sale.js';
import { openedOrder, orderPath, orderToken } from './orders/opened-order.js';

export const orders = Router();

orders.get('/orders/:order_id', async (req, res) => {
  const token = orderToken(req);
  const order = await openedOrder(req, req.params.order_id, token);
  const purchase = order.purchase!;
  const progress = progressOf(order, purchase);
  const moving = isMoving(progress);
  const code = order.status === 'completed' ? order.esimActivationCode : null;
  // The address carries a key when it has a token: no other site may learn it. Its forms still say where they come from.
  res.set('Referrer-Policy', 'strict-origin');
  res.render(wantsFragment(req, res) ? 'orders/_order' : 'orders/show', {
    order,
    purchase,
    progress,
    moving,
    refreshSeconds: moving ? 3 : undefined,
    url: req.originalUrl,
    token,
    path: orderPath(order, token),
    ask: askAbout(order, token),
    install: code ? installLinks(order) : null,
    qr: code ? await qrDataUrl(code) : null,
    others: await Order.count({ where: { purchaseId: purchase.id } }),
    ...(await afterSale(req, order, purchase)),
  });
});

/** The contact form for this order; whoever came by a link takes its key along, as proof. */
function askAbout({ publicId }: Order, token: string) {
  const proof = token ? { token } : {};
  return `/help/contact?${new URLSearchParams({ order_number: publicId, ...proof }).toString()}`;
}
