import { Router } from 'express';
import { orderFor } from '../checkout/access.js';
import { isMoving, progressOf } from '../checkout/progress.js';
import { installLinks } from '../esim/activation.js';
import { qrDataUrl } from '../esim/qr.js';
import { wantsFragment } from '../middleware/page-values.js';
import { Order } from '../models/index.js';

export const orders = Router();

orders.get('/orders/:order_id', async (req, res) => {
  const { token } = req.query;
  const order = await orderFor(req, req.params.order_id, token);
  const purchase = order.purchase!;
  const progress = progressOf(order, purchase);
  const moving = isMoving(progress);
  const code = order.status === 'completed' ? order.esimActivationCode : null;
  // The address carries a key when it has a token: no other site may learn it.
  res.set('Referrer-Policy', 'no-referrer');
  res.render(wantsFragment(req, res) ? 'orders/_order' : 'orders/show', {
    order,
    purchase,
    progress,
    moving,
    refreshSeconds: moving ? 3 : undefined,
    url: req.originalUrl,
    ask: askAbout(order, token),
    install: code ? installLinks(order) : null,
    qr: code ? await qrDataUrl(code) : null,
    others: await Order.count({ where: { purchaseId: purchase.id } }),
  });
});

/** The contact form for this order; whoever came by a link takes its key along, as proof. */
function askAbout({ publicId }: Order, token: unknown) {
  const proof = typeof token === 'string' ? { token } : {};
  return `/help/contact?${new URLSearchParams({ order_number: publicId, ...proof }).toString()}`;
}
