import { Router } from 'express';
import { boughtOrder } from '../../checkout/access.js';
import { endLinks } from '../../checkout/end-links.js';
import { orderPath } from './opened-order.js';

/** Ends all links to an order. Its buyer may, and nobody who has one. */
export const orderLinks = Router();

orderLinks.post('/orders/:order_id/links/removal', async (req, res) => {
  const order = await boughtOrder(req, req.params.order_id);
  await endLinks(order);
  res.redirect(303, orderPath(order, '', { done: 'links' }));
});
