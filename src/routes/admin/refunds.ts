import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { orderInFull } from '../../checkout/order-list.js';
import { ShopError } from '../../errors.js';
import { confirmedFor, recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { staffWords } from '../../models/staff-words.js';
import { refundAgain } from '../../payments/refund-again.js';
import { refundByStaff } from '../../payments/refund-by-staff.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';

/** The money of a delivered order goes back: a page to confirm it, with a reason, by an admin who has just shown who they are. */
export const adminRefunds = Router();

const Form = z.object({ reason: staffWords(500, 'errors.refund.reason') });

adminRefunds.get('/:order_id/refund', adminsOnly, recentlyConfirmed, async (req, res) => {
  await show(req as Request, res);
});

adminRefunds.post('/:order_id/refund', adminsOnly, recentlyConfirmed, async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) return show(req as Request, res.status(422), errors);
  try {
    await refundByStaff(String(req.params.order_id), form.reason, req.user!);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return show(req as Request, res.status(error.status), {}, error);
  }
  res.redirect(303, `/admin/orders/${String(req.params.order_id)}`);
});

/** Stripe refused it, and somebody has seen to it. */
adminRefunds.post('/:order_id/refund/again', adminsOnly, confirmedFor(pageOf), async (req, res) => {
  await refundAgain(String(req.params.order_id), req.user!);
  res.redirect(303, pageOf(req));
});

function pageOf({ params }: Request) {
  return `/admin/orders/${String(params.order_id)}`;
}

async function show(req: Request, res: Response, errors: FieldErrors = {}, refusal: ShopError | null = null) {
  const { order } = await orderInFull(String(req.params.order_id));
  const typed = typedValues(req.body, ['reason'], 500);
  res.render('admin/orders/refund', { order, typed, errors, refusal, noindex: true });
}
