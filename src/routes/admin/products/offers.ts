import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { planForStaff } from '../../../catalogue/desk/change-plan.js';
import { addOffer, addSuggestion, changeOffer, removeOffer } from '../../../catalogue/desk/offers.js';
import { RuleBroken, ShopError } from '../../../errors.js';
import { oneLine } from '../../../lib/plain-text.js';
import { adminsOnly } from '../../../middleware/staff-only.js';
import type { Product } from '../../../models/index.js';
import { line, price, rules } from '../../../models/rules.js';
import type { Currency } from '../../../lib/money.js';
import { readForm, sent, typedValues } from '../../form.js';
import { showPlan } from './forms.js';

/** Who else delivers a plan: added by hand or from the suggestions, changed, removed. */
export const productOffers = Router();

type Asked = Request<{ id: string; offer_id: string }>;

const priority = z
  .string('errors.plans.offer.priority')
  .regex(/^\d{1,4}$/, { error: 'errors.plans.offer.priority', abort: true })
  .transform(Number)
  .refine((number) => number <= 1000, 'errors.plans.offer.priority');

const number = z.string('errors.product.sku').transform(oneLine).pipe(line(200, 'errors.product.sku'));

const Offer = (currency: Currency) =>
  z.object({
    provider: rules.provider,
    provider_product_id: number,
    cost: price(currency),
    priority,
  });

const Suggested = z.object({
  provider: rules.provider,
  provider_product_id: number,
  cost_minor: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
});

const Values = (currency: Currency) => z.object({ cost: price(currency), priority });

productOffers.post('/:id/offers', adminsOnly, async (req: Asked, res) => {
  await change(req, res, async (plan) => {
    const form = readForm(Offer(plan.currency), req.body);
    const { provider, provider_product_id: providerProductId, cost: costMinor } = form;
    await addOffer(plan.id, { provider, providerProductId, costMinor, priority: form.priority }, req.user!);
  });
});

productOffers.post('/:id/offers/suggestion', adminsOnly, async (req: Asked, res) => {
  await change(req, res, async (plan) => {
    const { provider, provider_product_id, cost_minor } = readForm(Suggested, req.body);
    const asked = { provider, providerProductId: provider_product_id, costMinor: cost_minor };
    await addSuggestion(plan.id, asked, req.user!);
  });
});

productOffers.post('/:id/offers/:offer_id', adminsOnly, async (req: Asked, res) => {
  await change(req, res, async (plan) => {
    const form = readForm(Values(plan.currency), req.body);
    const isAvailable = sent(req.body, 'is_available') === 'yes';
    const values = { costMinor: form.cost, priority: form.priority, isAvailable };
    await changeOffer(plan.id, req.params.offer_id, values, req.user!);
  });
});

productOffers.post('/:id/offers/:offer_id/removal', adminsOnly, async (req: Asked, res) => {
  await change(req, res, (plan) => removeOffer(plan.id, req.params.offer_id, req.user!));
});

async function change(req: Asked, res: Response, work: (plan: Product) => Promise<void>) {
  const plan = await planForStaff(req.params.id);
  try {
    await work(plan);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    const typed = typedValues(req.body, ['provider', 'provider_product_id', 'cost', 'priority']);
    const field = error instanceof RuleBroken ? error.field : undefined;
    return showPlan(res.status(error.status), plan, {
      refusal: error,
      offer: { ...typed, id: req.params.offer_id, field },
    });
  }
  res.redirect(303, `/admin/products/${plan.id}#offers`);
}
