import { Router } from 'express';
import { asCard } from '../catalogue/card.js';
import { oftenMissed } from '../catalogue/coverage.js';
import { currenciesOf, destinations } from '../catalogue/destinations.js';
import { addressOf, readFilters } from '../catalogue/filters.js';
import { plansMatching } from '../catalogue/listing.js';
import { equivalents, planBySlug } from '../catalogue/plans.js';
import { SORTS } from '../catalogue/sorts.js';
import { wantsFragment } from '../middleware/page-values.js';
import { revalidated } from '../middleware/revalidated.js';
import { wished } from '../middleware/wished.js';
import { words } from '../middleware/words.js';
import { PLAIN, REVIEW_SORTS, addressOf as addressOfReviews, reviewsOf } from '../reviews/list.js';

export const products = Router();

/** On the page of a plan; the others are one click away. */
const FIRST_REVIEWS = 5;

products.get('/search', (req, res) => {
  const { q } = readFilters({ q: req.query.q });
  res.redirect(302, q ? `/products?q=${encodeURIComponent(q)}` : '/products');
});

products.get('/products', revalidated, wished, async (req, res) => {
  const filters = readFilters(req.query);
  const { plans, count, hasMore } = await plansMatching(filters);
  const results = {
    filters,
    count,
    cards: plans.map(asCard),
    previous: filters.page > 1 ? addressOf(filters, filters.page - 1) : null,
    next: hasMore ? addressOf(filters, filters.page + 1) : null,
  };
  if (wantsFragment(req, res)) return res.render('products/_results', { ...results, swapped: true });
  const { t, language } = words(res);
  const everywhere = await destinations(language);
  res.render('products/index', {
    ...results,
    title: t('shop.list.title'),
    description: t('shop.list.description'),
    destinations: everywhere,
    currencies: currenciesOf(everywhere),
    sorts: SORTS,
    // A filtered list is one of endlessly many; only the plain one is for search engines.
    noindex: Object.keys(req.query).length > 0,
  });
});

products.get('/products/:slug', revalidated, wished, async (req, res) => {
  const plan = await planBySlug(req.params.slug);
  const others = plan.onSale() ? [] : await equivalents(plan);
  res.render('products/show', {
    title: plan.name,
    description: words(res).t('plan.description', { name: plan.name }),
    card: asCard(plan),
    missing: oftenMissed(plan),
    equivalents: others.map(asCard),
    list: await reviewsOf(plan, PLAIN, FIRST_REVIEWS, req.user),
    sorts: REVIEW_SORTS,
    addressOf: addressOfReviews,
  });
});
