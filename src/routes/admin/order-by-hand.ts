import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { orderDesk } from '../../checkout/order-desk.js';
import { RuleBroken, ShopError } from '../../errors.js';
import { issueByHand } from '../../fulfilment/issue-by-hand.js';
import { settleAsBought } from '../../fulfilment/settle-attempt.js';
import { TypedEsim } from '../../fulfilment/typed-esim.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import type { User } from '../../models/index.js';
import { REASON } from '../../models/staff-words.js';
import { PROVIDERS } from '../../providers/provider.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';

/** An eSIM that a person types in: bought elsewhere, or what an attempt of ours turned out to have bought. */
export const adminOrderByHand = Router();

const Why = z.object({ reason: REASON });
const FIELDS = [
  'provider',
  'provider_order_id',
  'iccid',
  'activation_code',
  'confirmation_code',
  'cost',
  'reason',
];

const WAYS: Record<string, (publicId: string, typed: TypedEsim, why: string, staff: User) => Promise<void>> =
  {
    issue: issueByHand,
    'attempt/purchase': settleAsBought,
  };

for (const [way, deliver] of Object.entries(WAYS)) {
  adminOrderByHand.get(`/:order_id/${way}`, adminsOnly, async (req, res) => {
    await show(req as Request, res, way);
  });

  adminOrderByHand.post(`/:order_id/${way}`, adminsOnly, async (req, res) => {
    const esim = checkForm(TypedEsim, req.body);
    const why = checkForm(Why, req.body);
    if (!esim.data || !why.data)
      return show(req as Request, res.status(422), way, { ...esim.errors, ...why.errors });
    const publicId = String(req.params.order_id);
    try {
      await deliver(publicId, esim.data, why.data.reason, req.user!);
    } catch (error) {
      if (!(error instanceof ShopError) || error.status === 404) throw error;
      const field = error instanceof RuleBroken && error.field;
      return show(req as Request, res.status(error.status), way, field ? { [field]: error.key } : {}, error);
    }
    res.redirect(303, `/admin/orders/${publicId}?done=issued`);
  });
}

async function show(
  req: Request,
  res: Response,
  way: string,
  errors: FieldErrors = {},
  refusal: ShopError | null = null,
) {
  const desk = await orderDesk(String(req.params.order_id));
  res.render('admin/orders/by_hand', {
    ...desk,
    way,
    providers: PROVIDERS,
    typed: typedValues(req.body, FIELDS, 600),
    errors,
    refusal,
    title: way === 'issue' ? 'Issue by hand' : 'What was bought',
    noindex: true,
  });
}
