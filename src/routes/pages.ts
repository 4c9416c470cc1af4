import { Router } from 'express';
import { destinations } from '../catalogue/destinations.js';
import { plansOnSitemap } from '../catalogue/plans.js';
import { revalidated } from '../middleware/revalidated.js';
import { words } from '../middleware/words.js';
import { settings } from '../settings.js';
import { GUIDES } from './help.js';

/** Pages that are words only, and what search engines ask for. */
export const pages = Router();

const LEGAL = ['terms', 'privacy', 'refunds'] as const;

for (const page of LEGAL) {
  pages.get(`/${page}`, revalidated, (_req, res) => {
    const { t } = words(res);
    res.render('legal/show', { page, title: t(`legal.${page}.title`), description: t(`legal.${page}.lead`) });
  });
}

const PERSONAL = ['/cart', '/wishlist', '/checkout', '/orders', '/admin'];
const OF_ACCOUNTS = ['/login', '/register', '/verify-email', '/password-reset', '/account'];

pages.get('/robots.txt', (_req, res) => {
  const lines = [
    'User-agent: *',
    ...[...PERSONAL, ...OF_ACCOUNTS].map((path) => `Disallow: ${path}`),
    `Sitemap: ${settings.publicUrl}/sitemap.xml`,
  ];
  res.type('text').send(`${lines.join('\n')}\n`);
});

pages.get('/sitemap.xml', async (_req, res) => {
  const [everywhere, plans] = await Promise.all([destinations('en'), plansOnSitemap()]);
  const help = [
    '/help',
    '/help/install',
    '/help/compatibility',
    ...GUIDES.map((phone) => `/help/install/${phone}`),
  ];
  const paths = ['/', '/destinations', '/products', ...help];
  res.type('xml').render('storefront/_sitemap', {
    base: settings.publicUrl,
    paths: [...paths, ...LEGAL.map((page) => `/${page}`)],
    destinations: everywhere,
    plans,
  });
});
