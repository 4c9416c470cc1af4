import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { boughtOrder } from '../../checkout/access.js';
import { correctAddress, mayCorrectAddress } from '../../checkout/correct-address.js';
import { ShopError } from '../../errors.js';
import { countTry } from '../../middleware/limits.js';
import { words } from '../../middleware/words.js';
import { Order } from '../../models/index.js';
import { rules } from '../../models/rules.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';
import { orderPath } from './opened-order.js';

/** The right address for a mistyped one. Only for the buyer: the mail with a link went to whoever the wrong one belongs to. */
export const orderAddress = Router();

const Form = z.object({ email: rules.email });

orderAddress.get('/orders/:order_id/address', async (req, res) => {
  const order = await boughtOrder(req, req.params.order_id);
  const orders = await Order.findAll({ where: { purchaseId: order.purchaseId } });
  if (!(await mayCorrectAddress(orders))) throw new ShopError(409, 'errors.order.addressStays');
  showForm(req, res, order, orders.length);
});

orderAddress.post('/orders/:order_id/address', async (req, res) => {
  const order = await boughtOrder(req, req.params.order_id);
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) return showForm(req, res.status(422), order, await siblings(order), errors);
  await countTry(req, 'orderAddress');
  await correctAddress(order.purchaseId, form.email);
  res.redirect(303, orderPath(order, '', { done: 'address' }));
});

const siblings = ({ purchaseId }: Order) => Order.count({ where: { purchaseId } });

function showForm(req: Request, res: Response, order: Order, count: number, errors: FieldErrors = {}) {
  const title = words(res).t('orders.address.title');
  const typed = typedValues(req.body, ['email']);
  res.render('orders/address', { title, order, count, typed, errors, noindex: true });
}
