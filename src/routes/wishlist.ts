import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { cartOf, ownCartOf } from '../cart/cart.js';
import { findForSale } from '../catalogue/plans.js';
import { ShopError } from '../errors.js';
import { wantsFragment } from '../middleware/page-values.js';
import { words } from '../middleware/words.js';
import type { Product } from '../models/index.js';
import { ownWishesOf, wishesOf } from '../wishlist/wishlist.js';
import { readForm } from './form.js';

export const wishlist = Router();

const Plan = z.object({ product_id: z.string().max(50) });

wishlist.get('/wishlist', async (req, res) => {
  await showWishlist(req, res);
});

wishlist.post('/wishlist/items', async (req, res) => {
  const plan = await findForSale(readForm(Plan, req.body).product_id);
  await ownWishesOf(req).add(plan);
  await showButton(req, res, plan.id);
});

/** The button of a plan that is saved: it knows the plan, not the line of the list. */
wishlist.post('/wishlist/items/removal', async (req, res) => {
  const { product_id } = readForm(Plan, req.body);
  await wishesOf(req).takeOff(product_id);
  await showButton(req, res, product_id);
});

wishlist.post('/wishlist/items/:id/removal', async (req, res) => {
  await wishesOf(req).remove(req.params.id);
  if (wantsFragment(req, res)) return showWishlist(req, res);
  res.redirect(303, '/wishlist');
});

wishlist.post('/wishlist/items/:id/cart', async (req, res) => {
  let moved: Product;
  try {
    moved = await wishesOf(req).moveToCart(req.params.id, ownCartOf(req));
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return showWishlist(req, res.status(error.status), { refusal: error });
  }
  if (wantsFragment(req, res)) return showWishlist(req, res, { moved });
  res.redirect(303, '/cart');
});

/** Where htmx asked, the button in its new state; otherwise the list, as the proof that it worked. */
async function showButton(req: Request, res: Response, planId: string) {
  if (!wantsFragment(req, res)) return res.redirect(303, '/wishlist');
  const [plan, wished] = await Promise.all([findForSale(planId), wishesOf(req).planIds()]);
  res.render('wishlist/_button', { plan, wished });
}

async function showWishlist(
  req: Request,
  res: Response,
  values: { refusal?: ShopError; moved?: Product } = {},
) {
  const [items, cartCount] = await Promise.all([wishesOf(req).items(), cartOf(req).count()]);
  const swapped = wantsFragment(req, res);
  res.render(swapped ? 'wishlist/_wishlist' : 'wishlist/show', {
    title: words(res).t('wishlist.title'),
    items,
    cartCount,
    swapped,
    noindex: true,
    refusal: null,
    moved: null,
    ...values,
  });
}
