import { Router } from 'express';
import { z } from 'zod';
import { OWN_STATES, ordersOf } from '../../checkout/own-orders.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';

/** What an account has bought, and how far it is. */
export const accountOrders = Router();

const Page = z.object({
  state: z.enum(OWN_STATES).optional().catch(undefined),
  before: z.string().max(100).optional().catch(undefined),
});

accountOrders.get('/account/orders', loggedIn, async (req, res) => {
  const { state, before } = Page.parse(req.query);
  res.render('account/orders', {
    title: words(res).t('orders.title'),
    ...(await ordersOf(req.user!, state, before)),
    states: OWN_STATES,
    state,
    before,
    noindex: true,
  });
});
