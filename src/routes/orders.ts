import { Router } from 'express';
import { openedOrder, orderToken } from './orders/opened-order.js';
import { showOrder } from './orders/page.js';

export const orders = Router();

orders.get('/orders/:order_id', async (req, res) => {
  const token = orderToken(req);
  await showOrder(req, res, await openedOrder(req, req.params.order_id, token), token);
});
