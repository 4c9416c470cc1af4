import { Router } from 'express';
import { Answer } from '../wholesaler/answer.js';
import { isUnknown, planFor, type Plan } from '../wholesaler/plan.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { page } from './paging.js';
import { success } from './refusals.js';

/** The catalogue in its three forms. */
export function packages(esimCard: Wholesaler) {
  const routes = Router();

  routes.get('/packages', (req, res) => {
    const type = req.query['package_type'] ?? 'DATA-ONLY';
    res.json(page(req, type === 'DATA-ONLY' ? [...esimCard.plans().map(listedRow), ROW_WITHOUT_PRICE] : []));
  });

  routes.get('/pricing', (_req, res) => {
    const plans = esimCard.plans();
    const codes = [...new Set(plans.map(({ country }) => country))];
    const countries = codes.map((code) => countryView(plans.filter(({ country }) => country === code)));
    res.json(success({ countries }));
  });

  routes.get('/package/detail/:id', (req, res) => {
    if (isUnknown(req.params.id)) throw new Answer(404, { message: 'Package not found' });
    const plan = planFor(req.params.id);
    const countries = [roamingCountry(plan)];
    // Spelt so on the wire.
    res.json(success({ ...listedRow(plan), romaing_countries: countries, countries }));
  });

  return routes;
}

const row = ({ sku, title, costMinor, gigabytes, days }: Plan) => ({
  id: sku,
  name: title,
  price: (costMinor / 100).toFixed(2),
  data_quantity: gigabytes ?? 'Unlimited',
  data_unit: 'GB',
  package_validity: days,
  package_validity_unit: 'Day',
});

const listedRow = (plan: Plan) => ({
  ...row(plan),
  voice_quantity: 0,
  voice_unit: 'Minutes',
  sms_quantity: 0,
  package_type: 'DATA-ONLY',
  unlimited: plan.gigabytes === null,
});

/** The real list has such rows, which cannot be sold. */
const ROW_WITHOUT_PRICE = {
  id: 'withdrawn-1gb',
  name: 'eSIM, 1GB, 7 Days, withdrawn',
  data_quantity: 1,
  data_unit: 'GB',
  package_validity: 7,
  package_validity_unit: 'Day',
  package_type: 'DATA-ONLY',
};

function countryView(plans: Plan[]) {
  const [{ country, countryName }] = plans as [Plan];
  return { name: countryName, code: country.toLowerCase(), packages: plans.map(row) };
}

const roamingCountry = ({ country, countryName }: Plan) => ({
  id: 167,
  name: countryName,
  image_url: `https://flagcdn.com/w80/${country.toLowerCase()}.png`,
  network_coverage: [
    {
      network_name: `${countryName} Mobile`,
      network_code: `${country}XX1`,
      two_g: false,
      three_g: true,
      four_G: true,
      five_G: false,
    },
  ],
});
