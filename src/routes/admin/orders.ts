import { Router } from 'express';
import { z } from 'zod';
import { latestOrders } from '../../checkout/order-list.js';

/** Every order, newest first, with what needs a person on top. */
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
