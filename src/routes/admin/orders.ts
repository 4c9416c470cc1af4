import { Router } from 'express';
import { z } from 'zod';
import { latestOrders, orderInFull } from '../../checkout/order-list.js';

/** Every order, newest first, with what needs a person on top; and one order with its whole history. */
export const adminOrders = Router();

const Page = z.object({ before: z.string().max(100).optional().catch(undefined) });

adminOrders.get('/', async (req, res) => {
  const { before } = Page.parse(req.query);
  const { orders, next } = await latestOrders(before);
  res.render('admin/orders/index', {
    orders,
    next,
    noindex: true,
  });
});

adminOrders.get('/:order_id', async (req, res) => {
  res.render('admin/orders/show', { ...(await orderInFull(req.params.order_id)), noindex: true });
});
