import { Router, type Request, type Response } from 'express';
import {
  createPlan,
  editPlan,
  isPlanId,
  planForStaff,
  readingOf,
} from '../../../catalogue/desk/change-plan.js';
import { offersOf, suggestedOffers } from '../../../catalogue/desk/offers.js';
import { earningsOf, PLAN_FIELDS, readPlanForm, typedPlan } from '../../../catalogue/desk/plan-form.js';
import { ShopError, RuleBroken } from '../../../errors.js';
import { adminsOnly } from '../../../middleware/staff-only.js';
import { ACTIVATION_POLICIES, REGIONS } from '../../../models/plan-fields.js';
import type { Product } from '../../../models/index.js';
import { PROVIDERS } from '../../../providers/provider.js';
import { CURRENCIES } from '../../../lib/money.js';
import { sent, typedValues, type FieldErrors } from '../../form.js';

/** The whole plan in one form, new or known; below a known one who else delivers it. */
export const productForms = Router();

type Asked = Request<{ id: string }>;

/** Whatever is no plan's id is somebody else's page. */
productForms.param('id', (_req, _res, next, id: string) => next(isPlanId(id) ? undefined : 'route'));

const NEW = { currency: 'USD', provider: PROVIDERS[0], stock: '0', sort_order: '0', is_active: 'yes' };
const LONGEST = 6000;

productForms.get('/new', adminsOnly, (_req, res) => {
  showForm(res, { typed: NEW, plan: null });
});

/** What is left of a price, while it is being typed. */
productForms.get('/earnings', (req, res) => {
  const typed = typedValues(req.query, ['price', 'cost', 'currency'], 40);
  res.render('admin/products/_earnings', { earnings: earningsOf(typed) });
});

productForms.post('/', adminsOnly, async (req, res) => {
  const typed = typedValues(req.body, PLAN_FIELDS, LONGEST);
  const read = readPlanForm(typed);
  if ('errors' in read) return showForm(res.status(422), { typed, errors: read.errors, plan: null });
  try {
    const { id } = await createPlan(read.plan, req.user!);
    res.redirect(303, `/admin/products/${id}?done=created`);
  } catch (error) {
    const refused = refusedBy(error);
    showForm(res.status(refused.refusal.status), { typed, ...refused, plan: null });
  }
});

productForms.get('/:id', async (req: Asked, res) => {
  const plan = await planForStaff(req.params.id);
  await showPlan(res, plan, { typed: typedPlan(plan), done: sent(req.query, 'done') });
});

productForms.post('/:id', adminsOnly, async (req: Asked, res) => {
  const plan = await planForStaff(req.params.id);
  const typed = { ...typedValues(req.body, PLAN_FIELDS, LONGEST), stock: String(plan.stock) };
  const read = readPlanForm(typed);
  if ('errors' in read) return showPlan(res.status(422), plan, { typed, errors: read.errors });
  try {
    await editPlan(plan.id, sent(req.body, 'seen'), read.plan, req.user!);
  } catch (error) {
    const refused = refusedBy(error);
    const now = await planForStaff(plan.id);
    return showPlan(res.status(refused.refusal.status), now, { typed, ...refused });
  }
  res.redirect(303, `/admin/products/${plan.id}?done=saved`);
});

/** A refusal that names a field stands at the field. */
function refusedBy(error: unknown): { refusal: ShopError; errors: FieldErrors } {
  if (!(error instanceof ShopError) || error.status === 404) throw error;
  const field = error instanceof RuleBroken ? error.field : undefined;
  return { refusal: error, errors: field ? { [field]: error.key } : {} };
}

interface Shown {
  typed: Record<string, string>;
  errors?: FieldErrors;
  refusal?: ShopError;
  done?: string;
}

/** The page of a plan: its form, its offers, and what can be done with it. */
export async function showPlan(
  res: Response,
  plan: Product,
  { typed = typedPlan(plan), ...values }: Partial<Shown> & { offer?: object } = {},
) {
  const [offers, suggestions] = await Promise.all([offersOf(plan), suggestedOffers(plan)]);
  const stored = typedPlan(plan);
  const moved = values.refusal?.key === 'errors.plans.changed' ? differing(stored, typed) : [];
  showForm(res, { ...values, typed, plan, offers, suggestions, moved });
}

const differing = (stored: Record<string, string>, typed: Record<string, string>) =>
  PLAN_FIELDS.filter((field) => stored[field] !== typed[field]).map((field) => ({
    field,
    now: stored[field],
    typed: typed[field],
  }));

function showForm(res: Response, values: Shown & { plan: Product | null; [more: string]: unknown }) {
  const { plan, typed } = values;
  res.render(plan ? 'admin/products/show' : 'admin/products/new', {
    title: plan?.name ?? 'New plan',
    errors: {},
    refusal: null,
    moved: [],
    offer: null,
    ...values,
    done: values.done ?? '',
    seen: plan && readingOf(plan),
    earnings: earningsOf(typed),
    choices: {
      regions: REGIONS,
      policies: ACTIVATION_POLICIES,
      providers: PROVIDERS,
      currencies: CURRENCIES,
    },
    noindex: true,
  });
}
