import { Router } from 'express';
import { sendAgain } from '../../checkout/send-again.js';
import { countTry } from '../../middleware/limits.js';
import { openedOrder, orderPath, orderToken } from './opened-order.js';

/** The mail about an order, once more; it goes to the order's address, whoever asks. */
export const orderMail = Router();

orderMail.post('/orders/:order_id/mail', async (req, res) => {
  const token = orderToken(req);
  const order = await openedOrder(req, req.params.order_id, token);
  await countTry(req, 'orderMail');
  await sendAgain(order);
  res.redirect(303, orderPath(order, token, { done: 'mail' }));
});
