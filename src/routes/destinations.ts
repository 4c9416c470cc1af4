import { Router } from 'express';
import { asCard } from '../catalogue/card.js';
import { countryName } from '../catalogue/countries.js';
import { destinations as everywhere } from '../catalogue/destinations.js';
import { plansOf } from '../catalogue/plans.js';
import { NotFound } from '../errors.js';
import { revalidated } from '../middleware/revalidated.js';
import { wished } from '../middleware/wished.js';
import { words } from '../middleware/words.js';
import { isCountry } from '../models/rules.js';

export const destinations = Router();

destinations.get('/destinations', revalidated, async (_req, res) => {
  const { t, language } = words(res);
  res.render('destinations/index', {
    title: t('shop.destinations.title'),
    description: t('shop.destinations.lead'),
    destinations: await everywhere(language),
  });
});

destinations.get('/destinations/:country', revalidated, wished, async (req, res) => {
  const { country } = req.params;
  const code = country.toUpperCase();
  if (!isCountry(code)) throw new NotFound();
  if (country !== code.toLowerCase()) return res.redirect(301, `/destinations/${code.toLowerCase()}`);
  const { t, language } = words(res);
  const name = countryName(code, language);
  const { local, regional } = await plansOf(code);
  res.render('destinations/show', {
    title: t('shop.destination.title', { country: name }),
    description: t('shop.destination.description', { count: local.length + regional.length, country: name }),
    code,
    name,
    local: local.map(asCard),
    regional: regional.map(asCard),
  });
});
