import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { generateCodes, LONGEST_PREFIX, MOST_CODES } from '../../coupons/batch.js';
import { createCoupon, editCoupon, findCoupon, readingOf, switchCoupon } from '../../coupons/by-staff.js';
import { COUPON_STATES, couponList, readChoice, stateOf, usesOf } from '../../coupons/list.js';
import { soldBelowCost } from '../../coupons/margin.js';
import { RuleBroken, ShopError } from '../../errors.js';
import { clock } from '../../lib/clock.js';
import { CURRENCIES } from '../../lib/money.js';
import { localIn, ZONES } from '../../lib/zoned-time.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import type { Coupon } from '../../models/index.js';
import { rules } from '../../models/rules.js';
import { checkForm, sent, typedValues, type FieldErrors } from '../form.js';
import { address } from './address.js';
import { COUPON_FIELDS, readCoupon, typedAs } from './coupon-form.js';

/** Discount codes: looked at by all of the staff, written by admins. */
export const adminCoupons = Router();

const Code = z.object({ code: rules.couponCode });
const Batch = z.object({
  count: z
    .string('errors.desk.count')
    .regex(/^\d{1,5}$/, 'errors.desk.count')
    .transform(Number)
    .refine((count) => count >= 1 && count <= MOST_CODES, 'errors.desk.count'),
  prefix: z
    .string('errors.desk.prefix')
    .trim()
    .toUpperCase()
    .regex(new RegExp(`^[A-Z0-9]{0,${LONGEST_PREFIX}}$`), 'errors.desk.prefix'),
});

adminCoupons.get('/', async (req, res) => {
  const choice = readChoice(req.query);
  const { coupons, next } = await couponList(choice);
  const at = (after?: string) => address('/admin/coupons', { ...choice, after });
  res.render('admin/coupons/index', {
    coupons,
    choice,
    states: COUPON_STATES,
    stateOf,
    next: next && at(next),
    first: choice.after ? at() : null,
    generated: sent(req.query, 'generated'),
    title: 'Coupons',
    noindex: true,
  });
});

adminCoupons.get('/new', adminsOnly, (req, res) => showNew(req as Request, res, 'new'));

adminCoupons.post('/', adminsOnly, async (req, res) => {
  const { values, errors } = await readCoupon(req.body);
  const code = checkForm(Code, req.body);
  if (!values || !code.data)
    return showNew(req as Request, res.status(422), 'new', { ...code.errors, ...errors });
  const refused = await errorsOf(async () => {
    const { id } = await createCoupon({ ...values, code: code.data.code }, req.user!);
    res.redirect(303, `/admin/coupons/${id}?done=created`);
  });
  if (refused) showNew(req as Request, res.status(422), 'new', refused);
});

adminCoupons.get('/batch', adminsOnly, (req, res) => showNew(req as Request, res, 'batch'));

adminCoupons.post('/batch', adminsOnly, async (req, res) => {
  const { values, errors } = await readCoupon(req.body);
  const batch = checkForm(Batch, req.body);
  if (!values || !batch.data)
    return showNew(req as Request, res.status(422), 'batch', { ...batch.errors, ...errors });
  const { count, prefix } = batch.data;
  const refused = await errorsOf(async () => {
    await generateCodes(count, prefix, values, req.user!);
    res.redirect(303, address('/admin/coupons', { q: prefix, generated: count }));
  });
  if (refused) showNew(req as Request, res.status(422), 'batch', refused);
});

adminCoupons.get('/:id', async (req, res) => {
  const coupon = await findCoupon(req.params.id);
  await showOne(req as Request, res, coupon, { typed: await typedAs(coupon), seen: readingOf(coupon) });
});

adminCoupons.post('/:id', adminsOnly, async (req, res) => {
  const coupon = await findCoupon(String(req.params.id));
  const { values, errors } = await readCoupon(req.body);
  const code = checkForm(Code, req.body);
  const typed = typedValues(req.body, COUPON_FIELDS, 20_000);
  // Not what it is by now: a mistake is no look at what a colleague did.
  const seen = sent(req.body, 'seen');
  const again = (found: FieldErrors) =>
    showOne(req as Request, res.status(422), coupon, { typed, seen, errors: found });
  if (!values || !code.data) return again({ ...code.errors, ...errors });
  try {
    const refused = await errorsOf(() =>
      editCoupon(coupon.id, seen, { ...values, code: code.data.code }, req.user!),
    );
    if (refused) return await again(refused);
    res.redirect(303, `/admin/coupons/${coupon.id}?done=changed`);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status !== 409) throw error;
    const now = await findCoupon(coupon.id);
    const moved = differing(await typedAs(now), typed);
    await showOne(req as Request, res.status(409), now, {
      typed,
      seen: readingOf(now),
      refusal: error,
      moved,
    });
  }
});

adminCoupons.post('/:id/switch', adminsOnly, async (req, res) => {
  const { id } = await findCoupon(String(req.params.id));
  // To what the button said, not to the other: pressed twice it stays.
  await switchCoupon(id, sent(req.body, 'to') === 'on', req.user!);
  res.redirect(303, `/admin/coupons/${id}?done=changed`);
});

/** What the model refuses, at the field that it names; null when it took it. */
async function errorsOf(work: () => Promise<void>): Promise<FieldErrors | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    return { [fieldOf(error)]: error.key };
  }
}

const fieldOf = ({ field = 'code' }: RuleBroken) =>
  field === 'discount_basis_points' ? 'discount_value' : field;

const FRESH = { type: 'percentage', user_usage_limit: '1', is_active: 'yes', zone: 'UTC', count: '100' };

function showNew(req: Request, res: Response, kind: 'new' | 'batch', errors: FieldErrors = {}) {
  const typed =
    req.method === 'GET'
      ? { ...FRESH, valid_from: localIn(clock.now(), 'UTC') }
      : typedValues(req.body, [...COUPON_FIELDS, 'count', 'prefix'], 20_000);
  res.render('admin/coupons/new', {
    kind,
    typed,
    errors,
    refusal: null,
    currencies: CURRENCIES,
    zones: ZONES,
    title: kind === 'new' ? 'New coupon' : 'Generate codes',
    noindex: true,
  });
}

const differing = (stored: Record<string, string>, typed: Record<string, string>) =>
  COUPON_FIELDS.filter((field) => (stored[field] ?? '') !== (typed[field] ?? '')).map((field) => ({
    field,
    now: stored[field] ?? '',
    typed: typed[field] ?? '',
  }));

interface Shown {
  typed: Record<string, string>;
  seen: string;
  errors?: FieldErrors;
  refusal?: ShopError;
  moved?: object[];
}

async function showOne(req: Request, res: Response, coupon: Coupon, shown: Shown) {
  const { uses, next } = await usesOf(coupon, sent(req.query, 'before'));
  res.render('admin/coupons/show', {
    coupon,
    state: stateOf(coupon),
    losses: await soldBelowCost(coupon),
    uses,
    next: next && address(`/admin/coupons/${coupon.id}`, { before: next }),
    first: sent(req.query, 'before') ? `/admin/coupons/${coupon.id}` : null,
    done: sent(req.query, 'done'),
    errors: {},
    refusal: null,
    moved: [],
    ...shown,
    currencies: CURRENCIES,
    zones: ZONES,
    title: coupon.code,
    noindex: true,
  });
}
