import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { moveUp, readBalance, switchOff, switchOn, warnBelow } from '../../fulfilment/provider-accounts.js';
import { plansOnlyFrom } from '../../fulfilment/plans-only-from.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { providerHealth } from '../../office/dashboard/provider-health.js';
import { typedMoney } from '../../lib/typed-money.js';
import { isProvider } from '../../providers/provider.js';
import { readForm, typedValues } from '../form.js';

/** The wholesalers: who is on, who is asked first, whether they answer, and what money is left. */
export const adminProviders = Router();

const Threshold = z.object({
  low_balance: z
    .string('errors.amount')
    .transform((text) => typedMoney(text, 'USD'))
    .refine((minor) => minor !== null, 'errors.amount'),
});

adminProviders.get('/', async (_req, res) => show(res));

/** Nothing is bought from it any more: a page says what that means first. */
adminProviders.get('/:provider/switch-off', adminsOnly, async (req, res) => {
  const name = String(req.params.provider);
  if (!isProvider(name)) throw new ShopError(404, 'errors.notFound');
  res.render('admin/providers/switch_off', { name, alone: await plansOnlyFrom(name), noindex: true });
});

const verbs = { 'switch-off': switchOff, 'switch-on': switchOn, up: moveUp } as const;

for (const [path, verb] of Object.entries(verbs))
  adminProviders.post(`/:provider/${path}`, adminsOnly, async (req, res) =>
    change(req as Request, res, () => verb(String(req.params.provider), req.user!)),
  );

adminProviders.post('/:provider/low-balance', adminsOnly, async (req, res) =>
  change(req as Request, res, () =>
    warnBelow(String(req.params.provider), readForm(Threshold, req.body).low_balance, req.user!),
  ),
);

/** Asks for our balance: whoever answers is there and knows us. */
adminProviders.post('/:provider/test', async (req, res) =>
  change(req as Request, res, () => readBalance(req.params.provider)),
);

/** A change ends on the list; a refused one shows it with the reason. */
async function change(req: Request, res: Response, work: () => Promise<unknown>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    const { low_balance } = typedValues(req.body, ['low_balance'], 20);
    return show(res.status(error.status), {
      refusal: error,
      typed: { low_balance },
      of: req.params.provider,
    });
  }
  res.redirect(303, '/admin/providers');
}

async function show(res: Response, values: object = {}) {
  res.render('admin/providers/index', {
    refusal: null,
    typed: {},
    of: null,
    ...values,
    health: await providerHealth(),
    title: 'Wholesalers',
    noindex: true,
  });
}
