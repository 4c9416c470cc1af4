import { Router, type Request } from 'express';
import type { Plan } from '../wholesaler/plan.js';
import { textOf } from '../wholesaler/query.js';
import type { RateLimit } from '../wholesaler/rate-limit.js';
import { bearerOf } from '../wholesaler/tokens.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { retailPrice } from './order-view.js';
import { checkPaging, paged } from './paging.js';

const EUR_PER_USD = 0.92;

/** `GET /packages` (Airalo Partner API docs: get packages). */
export function packages(airalo: Wholesaler, limit: RateLimit) {
  return Router().get('/packages', (req, res) => {
    limit.count(bearerOf(req));
    checkPaging(req);
    const { items, page, links, meta } = paged(req, countriesOf(wantedPlans(req, airalo.plans())));
    // As the real one does: an object keyed by index from the second page on.
    const data = page > 1 ? Object.fromEntries(items.entries()) : items;
    res.json({ pricing: { model: 'net_pricing', discount_percentage: 0 }, data, links, meta });
  });
}

function wantedPlans(req: Request, plans: Plan[]) {
  if (textOf(req, 'filter[type]') === 'global') return [];
  const wanted = textOf(req, 'filter[country]');
  return wanted ? plans.filter(({ country }) => country === wanted) : plans;
}

function countriesOf(plans: Plan[]) {
  const byCountry = new Map<string, Plan[]>();
  for (const plan of plans) byCountry.set(plan.country, [...(byCountry.get(plan.country) ?? []), plan]);
  return [...byCountry.values()].map(countryView);
}

function countryView(plans: Plan[]) {
  const [{ country, countryName }] = plans as [Plan];
  const cheapest = Math.min(...plans.map(({ costMinor }) => costMinor));
  const image = { width: 132, height: 99, url: `https://cdn.airalo.com/images/${country}.png` };
  return {
    slug: countryName.toLowerCase().replaceAll(' ', '-'),
    country_code: country,
    title: countryName,
    image,
    min_price: pricesOf(cheapest),
    operators: [
      {
        id: 569,
        type: 'local',
        is_prepaid: false,
        title: `${countryName} Mobile`,
        esim_type: 'Prepaid',
        apn_type: 'automatic',
        apn_value: null,
        is_roaming: true,
        info: ['Data-only eSIM.'],
        image,
        plan_type: 'data',
        activation_policy: 'first-usage',
        is_kyc_verify: false,
        rechargeability: true,
        other_info: null,
        coverages: [
          {
            name: country,
            code: country,
            networks: [{ name: `${countryName} Mobile`, types: ['LTE', '5G'] }],
          },
        ],
        countries: [{ country_code: country, title: countryName, image }],
        packages: plans.map(packageView),
      },
    ],
  };
}

function packageView({ sku, title, days, gigabytes, costMinor }: Plan) {
  return {
    id: sku,
    type: 'sim',
    price: retailPrice(costMinor),
    amount: (gigabytes ?? 0) * 1024,
    day: days,
    is_unlimited: gigabytes === null,
    title,
    data: gigabytes === null ? 'Unlimited' : `${gigabytes} GB`,
    short_info: null,
    qr_installation: '<p>Scan the code.</p>',
    manual_installation: '<p>Enter the details by hand.</p>',
    is_fair_usage_policy: false,
    fair_usage_policy: null,
    voice: null,
    text: null,
    net_price: costMinor / 100,
    prices: pricesOf(costMinor),
  };
}

const pricesOf = (costMinor: number) => ({
  net_price: inCurrencies(costMinor / 100),
  recommended_retail_price: inCurrencies(retailPrice(costMinor)),
});

const inCurrencies = (usd: number) => ({ USD: usd, EUR: Math.round(usd * EUR_PER_USD * 100) / 100 });
