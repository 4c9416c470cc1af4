import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { askForOrders } from '../../checkout/look-up-orders.js';
import { isUuid } from '../../lib/ids.js';
import { countTry } from '../../middleware/limits.js';
import { words } from '../../middleware/words.js';
import { rules } from '../../models/rules.js';
import { checkForm, optional, typedValues, type FieldErrors } from '../form.js';

/** For who has no account and no link at hand: a mail with links goes to the address that bought. */
export const orderLookup = Router();

const Form = z.object({
  email: rules.anyEmail,
  order_number: optional(
    z
      .string('errors.order.number')
      .transform((text) => text.trim().toLowerCase())
      .refine(isUuid, 'errors.order.number'),
  ),
});

orderLookup.get('/orders/lookup', (req, res) => showForm(req, res));

orderLookup.post('/orders/lookup', async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) return showForm(req, res.status(422), errors);
  await countTry(req, 'orderLookup');
  await askForOrders(form.email, form.order_number ?? null, words(res).language);
  res.redirect(303, '/orders/lookup?done=mailed');
});

function showForm(req: Request, res: Response, errors: FieldErrors = {}) {
  res.render('orders/lookup', {
    title: words(res).t('orders.lookup.title'),
    typed: typedValues(req.body, ['email', 'order_number']),
    errors,
    mailed: req.query.done === 'mailed',
    noindex: true,
  });
}
