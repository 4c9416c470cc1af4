import { COUPONS, type Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { digits, idOf, moment, object, pick, run, scattered, series } from './words.js';

const COUNTRIES =
  'JP KR TH US FR IT ES DE GB TR GR PT VN ID MY SG PH TW HK CN AU NZ CA MX BR AR CL PE CO EG MA ZA KE AE SA QA IL IN LK NP CH AT NL BE PL CZ HU HR SE NO DK FI IS IE'.split(
    ' ',
  );
const PROVIDERS = 'Airalo Airalo Airalo Airalo Airalo MobiMatter MobiMatter MobiMatter eSIM_Card eSIM_Card'
  .split(' ')
  .map((name) => name.replace('_', ' '));
const GIGABYTES = ['1', '2', '3', '5', '10', '20', '50'];
const DAYS = ['7', '15', '30'];

const COST = '(100 + (n * 37) % 3000)';
const CURRENCY = `CASE n % 20 WHEN 0 THEN 'EUR' WHEN 1 THEN 'KRW' ELSE 'USD' END`;
const WON = 'CASE n % 20 WHEN 1 THEN 10 ELSE 1 END';
const country = pick(COUNTRIES, scattered('n', 1));
const gigabytes = pick(GIGABYTES, 'n');
const days = pick(DAYS, 'n / 7');
const provider = pick(PROVIDERS, scattered('n', 2));
/** Of a hundred plans two are sold out, and one an admin has taken off. */
const SOLD_OUT = 'n % 50 = 49';
const OFF = 'n % 100 = 48';

const plans = ({ products, start }: Frame): Step => ({
  what: 'plans',
  count: products,
  sql: (from, to) =>
    insert(
      'esim_products',
      {
        id: idOf('d', 'n'),
        name: `${country} || ' ' || ${gigabytes} || ' GB – ' || ${days} || ' days no. ' || n`,
        slug: `lower(${country}) || '-' || ${gigabytes} || 'gb-' || ${days} || '-days-' || n`,
        country,
        duration: `CAST(${days} AS INTEGER)`,
        data_limit: `${gigabytes} || 'GB'`,
        data_mb: `1024 * CAST(${gigabytes} AS INTEGER)`,
        price_minor: `(${COST} * 3 / 2 + 50) * ${WON}`,
        cost_minor: `${COST} * ${WON}`,
        currency: CURRENCY,
        provider,
        provider_product_id: `'sku-' || n`,
        stock: `CASE WHEN ${SOLD_OUT} THEN 0 ELSE 20 + n % 500 END`,
        is_active: `NOT (${SOLD_OUT} OR ${OFF})`,
        deactivated_by_stock: SOLD_OUT,
        is_featured: 'n % 500 = 3',
        description: `'Data for ' || ${days} || ' days, by ' || ${provider}`,
        created: moment(`${start} + n * 1000`),
        updated: moment(`${start} + n * 1000`),
      },
      'FROM series',
      series(from, to),
    ),
});

const offers = ({ products, start }: Frame): Step => ({
  what: 'offers of other wholesalers',
  count: products,
  sql: (from, to) =>
    insert(
      'provider_offers',
      {
        id: idOf('f', 'n'),
        product: 'p.id',
        provider: `CASE p.provider WHEN 'Airalo' THEN 'MobiMatter' WHEN 'MobiMatter' THEN 'eSIM Card' ELSE 'Airalo' END`,
        provider_product_id: `'other-' || n`,
        cost_minor: 'p.cost_minor + 1',
        priority: '1',
        created: moment(String(start)),
        updated: moment(String(start)),
      },
      `FROM series JOIN esim_products p ON p.id = ${idOf('d', 'n')} WHERE n % 3 = 0`,
      series(from, to),
    ),
});

const coupons = ({ start }: Frame): Step => ({
  what: 'coupons',
  count: COUPONS,
  sql: (from, to) =>
    insert(
      'coupons',
      {
        id: idOf('c', 'n'),
        code: `'SEED' || ${digits('n', 4)}`,
        type: `'percentage'`,
        discount_basis_points: '1000',
        user_usage_limit: 'NULL',
        valid_from: String(start),
        is_active: 'n % 10 <> 0',
        description: `'Campaign no. ' || n`,
        created: moment(`${start} + n`),
        updated: moment(`${start} + n`),
      },
      'FROM series',
      series(from, to),
    ),
});

export const catalogue = (frame: Frame) => [plans(frame), offers(frame), coupons(frame)];

/** Beside the rows, for the statements that sell them: what a plan promises, as an order keeps it. */
export async function rememberPlans() {
  const terms = object({
    name: 'name',
    slug: 'slug',
    country: 'country',
    coverage: 'NULL',
    duration: 'duration',
    dataLimit: 'data_limit',
    dataMb: 'data_mb',
    supportedNetworks: 'NULL',
    speed: 'NULL',
    hotspot: 'NULL',
    activationPolicy: 'NULL',
    installWithinDays: 'NULL',
    fairUse: 'NULL',
    topUp: 'NULL',
    kyc: 'NULL',
    phoneNumber: 'NULL',
    apn: 'NULL',
  });
  await run('CREATE TEMPORARY TABLE plan (k BIGINT PRIMARY KEY, terms TEXT)');
  await run(
    `INSERT INTO plan SELECT CAST(substr(id, 2) AS BIGINT), CAST(${terms} AS TEXT) FROM esim_products WHERE id LIKE 'd%'`,
  );
}
