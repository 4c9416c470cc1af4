import { Router, type Request, type Response } from 'express';
import { archivePlan, bringBackPlan, deletePlan, planForStaff } from '../../../catalogue/desk/change-plan.js';
import { ShopError } from '../../../errors.js';
import { adminsOnly } from '../../../middleware/staff-only.js';

/** Plans that are not sold any more are put away; one that was never ordered can be deleted, after a page that asks. */
export const productArchive = Router();

type Asked = Request<{ id: string }>;

productArchive.post('/:id/archive', adminsOnly, async (req: Asked, res) => {
  await archivePlan(req.params.id, req.user!);
  res.redirect(303, `/admin/products/${req.params.id}?done=archived`);
});

productArchive.post('/:id/archive/removal', adminsOnly, async (req: Asked, res) => {
  await bringBackPlan(req.params.id, req.user!);
  res.redirect(303, `/admin/products/${req.params.id}?done=back`);
});

productArchive.get('/:id/removal', adminsOnly, async (req: Asked, res) => {
  await ask(req, res);
});

productArchive.post('/:id/removal', adminsOnly, async (req: Asked, res) => {
  try {
    await deletePlan(req.params.id, req.user!);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return ask(req, res.status(error.status), error);
  }
  res.redirect(303, '/admin/products');
});

async function ask(req: Asked, res: Response, refusal: ShopError | null = null) {
  const plan = await planForStaff(req.params.id);
  res.render('admin/products/removal', { title: `Delete ${plan.name}`, plan, refusal, noindex: true });
}
