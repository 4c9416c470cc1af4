import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { consentNow } from '../../checkout/consent.js';
import { ShopError } from '../../errors.js';
import { clock } from '../../lib/clock.js';
import { plainText } from '../../lib/plain-text.js';
import { words } from '../../middleware/words.js';
import type { Order } from '../../models/index.js';
import { revealCode } from '../../withdrawal/reveal.js';
import { withdraw } from '../../withdrawal/withdraw.js';
import { readForm, sent, typedValues } from '../form.js';
import { openedOrder, orderPath, orderToken } from './opened-order.js';
import { showOrder } from './page.js';
import { ruleFor } from './rule.js';

/** To see a code that was kept, which ends the right to give it back; and to give it back. */
export const withdrawal = Router();

const Reason = z.object({
  reason: z.string('errors.badRequest').max(1000, 'errors.contact.message').default('').transform(plainText),
});

withdrawal.post('/orders/:order_id/reveal', async (req, res) => {
  const { order, token } = await opened(req);
  if (sent(req.body, 'consent') !== 'yes')
    return showOrder(req, res.status(422), order, token, { errors: { consent: 'errors.consentToSee' } });
  try {
    await revealCode(order.id, consentNow(words(res).t, clock.date()));
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return showOrder(req, res.status(error.status), await order.reload(), token, { refusal: error });
  }
  res.redirect(303, orderPath(order, token));
});

withdrawal.get('/orders/:order_id/withdrawal', async (req, res) => {
  const { order, token } = await opened(req);
  show(req, res, order, token);
});

withdrawal.post('/orders/:order_id/withdrawal', async (req, res) => {
  const { order, token } = await opened(req);
  try {
    await withdraw(order.id, readForm(Reason, req.body).reason || null);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return show(req, res.status(error.status), await order.reload(), token, error);
  }
  res.redirect(303, orderPath(order, token));
});

/** The reload of a page that a form has answered with a complaint. */
withdrawal.get('/orders/:order_id/reveal', (req, res) => res.redirect(303, `/orders/${req.params.order_id}`));

/** The order, for its buyer or the holder of a link, whose key is in the address or in the form. */
async function opened(req: Request<{ order_id: string }>): Promise<{ order: Order; token: string }> {
  const token = orderToken(req as Request);
  return { order: await openedOrder(req as Request, req.params.order_id, token), token };
}

function show(req: Request, res: Response, order: Order, token: string, refusal: ShopError | null = null) {
  res.set('Referrer-Policy', 'strict-origin');
  res.render('withdrawal/show', {
    title: words(res).t('withdrawal.title'),
    order,
    token,
    rule: ruleFor(order, res),
    typed: typedValues(req.body, ['reason'], 1000),
    refusal,
    noindex: true,
  });
}
