import { Router } from 'express';
import { z } from 'zod';
import { boughtBy } from '../checkout/access.js';
import { isMoving, progressOf } from '../checkout/progress.js';
import { NotFound } from '../errors.js';
import { wantsFragment } from '../middleware/page-values.js';
import { Order, Purchase } from '../models/index.js';
import { settleSession } from '../payments/settle.js';

/** Where Stripe sends the buyer back to. Settles the purchase itself, as the webhook may come later or never. */
export const checkoutReturn = Router();

const Query = z.object({
  session_id: z
    .string()
    .regex(/^cs_[A-Za-z0-9_]{1,200}$/)
    .optional(),
  purchase: z
    .string()
    .regex(/^[a-z0-9]{15}$/)
    .optional(),
});

checkoutReturn.get('/checkout/return', async (req, res) => {
  const { data: query } = Query.safeParse(req.query);
  const found = query?.session_id
    ? await Purchase.findOne({ where: { stripeSessionId: query.session_id } })
    : query?.purchase && (await Purchase.findByPk(query.purchase));
  if (!found) throw new NotFound();
  const mine = boughtBy(req, found);
  if (!mine && !query?.session_id) throw new NotFound();

  const purchase = found.state === 'open' && found.stripeSessionId ? await settled(found, req.log) : found;
  const orders = await Order.findAll({
    where: { purchaseId: purchase.id },
    include: 'refund',
    order: [['position', 'ASC']],
  });
  if (mine && orders.length === 1) return res.redirect(303, `/orders/${orders[0]!.publicId}`);

  const lines = orders.map((order) => ({
    order,
    progress: progressOf(order, purchase),
  }));
  const moving = lines.some(({ progress }) => isMoving(progress));
  const refreshSeconds = moving ? 3 : undefined;
  const view = wantsFragment(req, res) ? 'checkout/_return' : 'checkout/return';
  res.render(view, { purchase, lines, mine, moving, refreshSeconds, url: req.originalUrl });
});

/** Stripe not answering is no reason to show nothing: the page says "checking", and looks again. */
async function settled(purchase: Purchase, log: { warn: (values: object, message: string) => void }) {
  try {
    return await settleSession(purchase.stripeSessionId!);
  } catch (err) {
    log.warn({ err, purchase: purchase.id }, 'return page could not settle');
    return purchase;
  }
}
