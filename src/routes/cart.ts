import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { cartOf, ownCartOf } from '../cart/cart.js';
import { quote } from '../cart/quote.js';
import { findForSale } from '../catalogue/plans.js';
import { ShopError } from '../errors.js';
import { countTry, forgiveTry } from '../middleware/limits.js';
import { wantsFragment } from '../middleware/page-values.js';
import { rules } from '../models/rules.js';
import { readForm, typedValues } from './form.js';

export const cart = Router();

const Addition = z.object({ product_id: z.string().max(50), quantity: rules.quantity.default(1) });
const Change = z.object({ quantity: rules.quantity });
const Code = z.object({ code: rules.couponCode });

cart.get('/cart', async (req, res) => {
  await showCart(req, res);
});

cart.post('/cart/items', async (req, res) => {
  await change(req, res, async () => {
    const { product_id, quantity } = readForm(Addition, req.body);
    const plan = await findForSale(product_id);
    await ownCartOf(req).add(plan, quantity);
  });
});

cart.post('/cart/items/:id', async (req, res) => {
  await change(req, res, () => cartOf(req).setQuantity(req.params.id, readForm(Change, req.body).quantity));
});

cart.post('/cart/items/:id/removal', async (req, res) => {
  await change(req, res, () => cartOf(req).remove(req.params.id));
});

cart.post('/cart/coupon', async (req, res) => {
  await change(req, res, async () => {
    const { code } = readForm(Code, req.body);
    await countTry(req, 'coupon');
    const { items, couponRefusal } = await quote(await cartOf(req).items(), code);
    if (items.length === 0) throw new ShopError(422, 'errors.emptyCart');
    if (couponRefusal) throw couponRefusal;
    await forgiveTry(req, 'coupon');
    req.session.couponCode = code;
  });
});

cart.post('/cart/coupon/removal', async (req, res) => {
  await change(req, res, async () => {
    delete req.session.couponCode;
  });
});

/** A change ends on the cart page; a refused one shows the cart as it is, with the reason. */
async function change(req: Request, res: Response, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return showCart(req, res.status(error.status), error);
  }
  if (wantsFragment(req, res)) return showCart(req, res);
  res.redirect(303, '/cart');
}

async function showCart(req: Request, res: Response, refusal: ShopError | null = null) {
  const priced = await quote(await cartOf(req).items(), req.session.couponCode);
  res.locals.cartCount = priced.units.length;
  const { code } = typedValues(req.body, ['code']);
  const swapped = wantsFragment(req, res);
  res.render(swapped ? 'cart/_cart' : 'cart/show', { quote: priced, refusal, code, swapped, noindex: true });
}
