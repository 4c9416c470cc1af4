import type { NextFunction, Request, Response } from 'express';
import { formatDay, formatMoment } from '../lib/dates.js';
import { translator } from '../lib/i18n.js';
import { formatMoney, type Currency } from '../lib/money.js';
import { countryName } from '../catalogue/countries.js';
import { cartOf } from '../cart/cart.js';
import { settings } from '../settings.js';
import { ownersSettings } from '../shop/settings.js';
import { assetUrl } from './assets.js';

/** What every view may use: words, amounts, dates, and the number on the cart. */
export async function pageValues(req: Request, res: Response, next: NextFunction) {
  const language = 'en';
  const shop = await ownersSettings();
  Object.assign(res.locals, {
    t: translator(language),
    language,
    money: (minor: number, currency: Currency) => formatMoney(minor, currency, language),
    moment: (date: Date) => formatMoment(date, language),
    day: (date: Date) => formatDay(date, language),
    countryName: (code: string) => countryName(code, language),
    asset: assetUrl,
    path: req.path,
    canonical: settings.publicUrl + req.path,
    user: req.user,
    supportEmail: shop.supportEmail,
    cartCount: await cartOf(req).count(),
  });
  next();
}

/** True when htmx asks for a part of the page to swap in; the answer then depends on the header that says so. */
export function wantsFragment(req: Request, res: Response) {
  res.vary('HX-Request-Type');
  return req.get('HX-Request-Type') === 'partial';
}

/** Personal pages are kept by nobody. */
export function noStore(_req: Request, res: Response, next: NextFunction) {
  res.set('Cache-Control', 'no-store');
  next();
}
