import type { Request, Response } from 'express';
import { isMoving, progressOf } from '../../checkout/progress.js';
import { installLinks } from '../../esim/activation.js';
import { qrDataUrl } from '../../esim/qr.js';
import { wantsFragment } from '../../middleware/page-values.js';
import { Order } from '../../models/index.js';
import { afterSale } from './after-sale.js';
import { orderPath } from './opened-order.js';
import { ruleFor } from './rule.js';

/** The page of an order, for whoever may see it. `token` is that of a link, or empty; `values` add to the page. */
export async function showOrder(
  req: Request,
  res: Response,
  order: Order,
  token: string,
  values: Record<string, unknown> = {},
) {
  const purchase = order.purchase!;
  const progress = progressOf(order, purchase);
  const moving = isMoving(progress);
  const code = progress === 'ready' ? order.esimActivationCode : null;
  // The address carries a key when it has a token: no other site may learn it. Forms must say where they come from.
  res.set('Referrer-Policy', 'strict-origin');
  res.render(wantsFragment(req, res) ? 'orders/_order' : 'orders/show', {
    order,
    purchase,
    progress,
    moving,
    refreshSeconds: moving ? 3 : undefined,
    url: req.method === 'GET' ? req.originalUrl : orderPath(order, token),
    token,
    path: orderPath(order, token),
    ask: askAbout(order, token),
    install: code ? installLinks(order) : null,
    qr: code ? await qrDataUrl(code) : null,
    others: await Order.count({ where: { purchaseId: purchase.id } }),
    rule: ruleFor(order, res),
    ...(await afterSale(req, order, purchase)),
    errors: {},
    refusal: null,
    ...values,
  });
}

/** The contact form for this order; whoever came by a link takes its key along, as proof. */
function askAbout({ publicId }: Order, token: string) {
  const proof = token ? { token } : {};
  return `/help/contact?${new URLSearchParams({ order_number: publicId, ...proof }).toString()}`;
}
