import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { orderDesk } from '../../checkout/order-desk.js';
import { NotFound, ShopError } from '../../errors.js';
import { settleAsNotBought } from '../../fulfilment/settle-attempt.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import type { Purchase, User } from '../../models/index.js';
import { REASON } from '../../models/staff-words.js';
import { closeUnpaid, returnPayment } from '../../payments/decide-review.js';
import { liftHoldByStaff } from '../../payments/lift-hold-by-staff.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';

/** What cannot be taken back is asked for once more, on a page that says what it means, with a reason. */
export const adminOrderDecisions = Router();

interface Decision {
  title: string;
  /** What it means, and what goes wrong if it is not so. */
  meaning: string;
  button: string;
  decide: (publicId: string, why: string, staff: User, purchase: Purchase) => Promise<void>;
}

const DECISIONS = new Map<string, Decision>([
  [
    'not-bought',
    {
      title: 'It was certainly not bought',
      meaning:
        'You have looked at the wholesaler’s own pages, and there is no such purchase. The attempt counts as refused, and the order goes on: the next wholesaler is asked, or the money goes back if there is none. If you are wrong, we pay for two eSIMs.',
      button: 'It was not bought',
      decide: settleAsNotBought,
    },
  ],
  [
    'lift-hold',
    {
      title: 'Lift the hold',
      meaning:
        'The order goes on at once: an eSIM is bought if there is none yet, and its code is handed out. If the payment is lost later, both are gone.',
      button: 'Lift the hold',
      decide: liftHoldByStaff,
    },
  ],
  [
    'return-payment',
    {
      title: 'Send the payment back',
      meaning:
        'Everything that was paid for this purchase goes back, and none of its orders is delivered. The eSIMs return to the shelf when Stripe says that the money is on its way.',
      button: 'Send the payment back',
      decide: (_publicId, why, staff, purchase) => returnPayment(purchase.id, why, staff),
    },
  ],
  [
    'close-unpaid',
    {
      title: 'Close without a payment',
      meaning:
        'Stripe knows no payment of this purchase, so its eSIMs and its coupon go back. If money arrives later all the same, it is delivered or refunded by itself.',
      button: 'Close the purchase',
      decide: (_publicId, why, staff, purchase) => closeUnpaid(purchase.id, why, staff),
    },
  ],
]);

const Form = z.object({ reason: REASON });

adminOrderDecisions.get('/:order_id/decisions/:decision', adminsOnly, recentlyConfirmed, async (req, res) => {
  await show(req as Request, res);
});

adminOrderDecisions.post(
  '/:order_id/decisions/:decision',
  adminsOnly,
  recentlyConfirmed,
  async (req, res) => {
    const { decide } = decisionOf(req as Request);
    const { data: form, errors } = checkForm(Form, req.body);
    if (!form) return show(req as Request, res.status(422), errors);
    const publicId = String(req.params.order_id);
    const { purchase } = await orderDesk(publicId);
    try {
      await decide(publicId, form.reason, req.user!, purchase);
    } catch (error) {
      if (!(error instanceof ShopError) || error.status === 404) throw error;
      return show(req as Request, res.status(error.status), {}, error);
    }
    res.redirect(303, `/admin/orders/${publicId}?done=decided`);
  },
);

/** Throws NotFound. */
function decisionOf(req: Request): Decision {
  const decision = DECISIONS.get(String(req.params.decision));
  if (!decision) throw new NotFound();
  return decision;
}

async function show(req: Request, res: Response, errors: FieldErrors = {}, refusal: ShopError | null = null) {
  const decision = decisionOf(req);
  res.render('admin/orders/decision', {
    ...(await orderDesk(String(req.params.order_id))),
    decision,
    typed: typedValues(req.body, ['reason'], 500),
    errors,
    refusal,
    title: decision.title,
    noindex: true,
  });
}
