import { Router } from 'express';
import { asCard } from '../catalogue/card.js';
import { destinations, popular } from '../catalogue/destinations.js';
import { featuredPlans } from '../catalogue/plans.js';
import { revalidated } from '../middleware/revalidated.js';
import { wished } from '../middleware/wished.js';
import { words } from '../middleware/words.js';

export const home = Router();

const FEATURED = 6;
const POPULAR = 12;

home.get('/', revalidated, wished, async (_req, res) => {
  const [everywhere, featured] = await Promise.all([
    destinations(words(res).language),
    featuredPlans(FEATURED),
  ]);
  res.render('storefront/home', {
    countries: everywhere.length,
    popular: popular(everywhere, POPULAR),
    featured: featured.map(asCard),
  });
});
