import { Router } from 'express';
import { orderFor } from '../checkout/access.js';
import { showOrder } from './orders/page.js';
import { sent } from './form.js';

export const orders = Router();

orders.get('/orders/:order_id', async (req, res) => {
  const token = sent(req.query, 'token');
  await showOrder(req, res, await orderFor(req, req.params.order_id, token), token);
});
