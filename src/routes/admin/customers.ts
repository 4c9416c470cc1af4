import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { customerInFull, findCustomer } from '../../customers/customer.js';
import { eraseFor } from '../../customers/erase-for.js';
import { CUSTOMER_SORTS, customersBeginning, customersBy } from '../../customers/list.js';
import { ShopError } from '../../errors.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { isNobody } from '../../models/nobody.js';
import { staffWords } from '../../models/staff-words.js';
import { StillMoving } from '../../privacy/still-moving.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';
import { lettersOf } from './letters.js';
import { cursor } from './logs.js';

/** Everybody who has paid for something; one of them with all that is known; and the end of that. */
export const adminCustomers = Router();

const Page = z.object({ q: lettersOf, sort: z.enum(CUSTOMER_SORTS).catch('newest'), after: cursor });

const Erasure = z.object({ reason: staffWords(500, 'errors.erase.reason') });

adminCustomers.get('/', async (req, res) => {
  const { q, sort, after } = Page.parse(req.query);
  const found = q === '' ? await customersBy(sort, after) : await customersBeginning(q);
  res.render('admin/customers/index', {
    title: 'Customers',
    next: null,
    more: false,
    ...found,
    q,
    sort,
    after,
    isNobody,
    noindex: true,
  });
});

adminCustomers.get('/:id', async (req, res) => {
  const { before } = z.object({ before: cursor }).parse(req.query);
  const found = await customerInFull(req.params.id, before);
  const erased = isNobody(found.customer.email);
  res.render('admin/customers/show', { title: 'Customer', ...found, before, erased, noindex: true });
});

adminCustomers.get('/:id/erasure', adminsOnly, recentlyConfirmed, async (req, res) => {
  await showErasure(req as Request, res);
});

adminCustomers.post('/:id/erasure', adminsOnly, recentlyConfirmed, async (req, res) => {
  const customer = await findCustomer(String(req.params.id));
  const { data: form, errors } = checkForm(Erasure, req.body);
  if (!form) return showErasure(req as Request, res.status(422), errors);
  try {
    await eraseFor(req.user!, customer, form.reason);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return showErasure(req as Request, res.status(error.status), {}, error);
  }
  res.redirect(303, `/admin/customers/${customer.id}`);
});

async function showErasure(
  req: Request,
  res: Response,
  errors: FieldErrors = {},
  refusal: ShopError | null = null,
) {
  const customer = await findCustomer(String(req.params.id));
  res.render('admin/customers/erasure', {
    title: 'Erase a customer',
    customer,
    moving: refusal instanceof StillMoving ? refusal.moving : [],
    typed: typedValues(req.body, ['reason'], 2000),
    errors,
    refusal: refusal instanceof StillMoving ? null : refusal,
    noindex: true,
  });
}
