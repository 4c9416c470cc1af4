import { Router, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { correctAddressByStaff } from '../../checkout/correct-address.js';
import { noteOrder } from '../../checkout/note-order.js';
import { orderDesk } from '../../checkout/order-desk.js';
import { sendAgainByStaff } from '../../checkout/send-again.js';
import { ShopError } from '../../errors.js';
import { retryOrder, retryOrders } from '../../fulfilment/retry.js';
import { isUuid } from '../../lib/ids.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { rules } from '../../models/rules.js';
import { REASON, staffWords } from '../../models/staff-words.js';
import { checkAgain } from '../../payments/decide-review.js';
import { checkForm, readForm, typedValues, type FieldErrors } from '../form.js';

/** One order with its whole history, and what support does about it with one press. */
export const adminOrder = Router();

const MOST_AT_ONCE = 100;

const Note = z.object({ note: staffWords(1000, 'errors.desk.note') });
const Address = z.object({ email: rules.email, reason: REASON });
const Chosen = z.object({
  order_id: z
    .preprocess(
      (some) => (some === undefined ? [] : [some].flat()),
      z.array(z.string()).max(MOST_AT_ONCE, 'errors.badRequest'),
    )
    .transform((ids) => [...new Set(ids)].filter(isUuid))
    .refine((ids) => ids.length > 0, 'errors.desk.noneChosen'),
});

adminOrder.post('/retries', async (req, res) => {
  const { order_id } = readForm(Chosen, req.body);
  res.render('admin/orders/retries', { results: await retryOrders(order_id, req.user!), noindex: true });
});

/** The reload of the page that says what came of it. */
adminOrder.get('/retries', (_req, res) => res.redirect(303, '/admin/orders'));

adminOrder.get('/:order_id', async (req, res) => {
  await show(req as Request, res);
});

adminOrder.post('/:order_id/retry', async (req, res) => {
  await act(req as Request, res, 'retry', () => retryOrder(named(req), req.user!));
});

adminOrder.post('/:order_id/mail', async (req, res) => {
  await act(req as Request, res, 'mail', async () => {
    const { order } = await orderDesk(named(req));
    await sendAgainByStaff(order, req.user!);
  });
});

adminOrder.post('/:order_id/notes', async (req, res) => {
  await act(req as Request, res, 'note', () =>
    noteOrder(named(req), readForm(Note, req.body).note, req.user!),
  );
});

adminOrder.post('/:order_id/payment/check', adminsOnly, async (req, res) => {
  await act(req as Request, res, 'payment', async () => {
    const { purchase } = await orderDesk(named(req));
    await checkAgain(purchase.id, req.user!);
  });
});

/** A code that somebody has seen leaves for another mailbox: an admin shows who they are, support is refused. */
async function confirmedWhenSeen(req: Request, res: Response, next: NextFunction) {
  const { codeSeen } = await orderDesk(named(req));
  if (codeSeen && req.user!.role === 'admin') return recentlyConfirmed(req, res, next);
  next();
}

adminOrder.get('/:order_id/address', confirmedWhenSeen, async (req, res) => {
  await showAddress(req as Request, res);
});

adminOrder.post('/:order_id/address', confirmedWhenSeen, async (req, res) => {
  const { data: form, errors } = checkForm(Address, req.body);
  if (!form) return showAddress(req as Request, res.status(422), errors);
  const { order } = await orderDesk(named(req));
  try {
    await correctAddressByStaff(order, form.email, form.reason, req.user!);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return showAddress(req as Request, res.status(error.status), {}, error);
  }
  res.redirect(303, `/admin/orders/${named(req)}?done=address`);
});

const named = (req: Pick<Request, 'params'>) => String(req.params.order_id);

/** Done, the order's page says so; refused, it says why, with what was typed. */
async function act(req: Request, res: Response, done: string, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return show(req, res.status(error.status), error);
  }
  res.redirect(303, `/admin/orders/${named(req)}?done=${done}`);
}

async function show(req: Request, res: Response, refusal: ShopError | null = null) {
  res.render('admin/orders/show', {
    ...(await orderDesk(named(req))),
    done: typeof req.query.done === 'string' ? req.query.done : null,
    refusal,
    typed: typedValues(req.body, ['note'], 5000),
    title: 'Order',
    noindex: true,
  });
}

async function showAddress(
  req: Request,
  res: Response,
  errors: FieldErrors = {},
  refusal: ShopError | null = null,
) {
  const desk = await orderDesk(named(req));
  const typed = typedValues(req.body, ['email', 'reason'], 500);
  res.render('admin/orders/address', {
    ...desk,
    typed,
    errors,
    refusal,
    title: 'Correct the address',
    noindex: true,
  });
}
