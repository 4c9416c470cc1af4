import type { CreationAttributes } from 'sequelize';
import { isCurrency, parseMoney } from '../src/lib/money.js';
import type { Product } from '../src/models/index.js';
import { africaAndMiddleEast } from './africa-and-middle-east.js';
import { americas } from './americas.js';
import { asia } from './asia.js';
import { dataAllowance, type DataAllowance } from './data-allowance.js';
import type { Destination, PriceLine } from './destination.js';
import { europe } from './europe.js';
import { oceania } from './oceania.js';
import { offersFor, type Offer } from './offers.js';
import { severalCountries } from './several-countries.js';
import { SKUS, type Named } from './skus.js';

type Plan = CreationAttributes<Product>;

const DESTINATIONS = [
  ...asia,
  ...europe,
  ...americas,
  ...africaAndMiddleEast,
  ...oceania,
  ...severalCountries,
];

/** Every plan of the demo with the other wholesalers who can deliver it too. */
export const demoPlans = (): { plan: Plan; offers: Offer[] }[] =>
  DESTINATIONS.flatMap((destination) => destination.plans.map((line) => ({ destination, line }))).map(
    ({ destination, line }, index) => {
      const plan = planOf(destination, line, index);
      return { plan, offers: offersFor(plan, named(destination, line, index), index) };
    },
  );

function planOf(destination: Destination, line: PriceLine, index: number): Plan {
  const { name, country, region, coverage = null, networks, terms } = destination;
  const [text, days, price, cost, provider, mark] = line;
  const data = dataAllowance(text);
  const { dataLimit, dataMb, fairUse } = data;
  const { minor: priceMinor, currency } = amountOf(price);
  const { minor: costMinor } = amountOf(cost);
  return {
    name: `${name} ${data.title} – ${days} days`,
    slug: `${placeOf(destination)}-${data.inSlug}-${days}-days`,
    country,
    region,
    coverage,
    supportedNetworks: networks,
    ...terms,
    duration: days,
    dataLimit,
    dataMb,
    fairUse,
    priceMinor,
    costMinor,
    currency,
    provider,
    providerProductId: SKUS[provider](named(destination, line, index)),
    stock: mark === 'sold out' ? 0 : 40 + ((index * 37) % 160),
    isFeatured: mark === 'featured',
    description: describe(destination, data, days),
    features: featuresOf(destination, data),
    sortOrder: index,
  };
}

const placeOf = ({ name }: Destination) =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '-');

const named = (destination: Destination, [text, days]: PriceLine, index: number): Named => ({
  place: placeOf(destination),
  country: destination.country,
  data: dataAllowance(text).inSlug,
  days,
  number: 101 + index,
});

/** '4.50' is USD, 'JPY 980' says its currency itself. */
function amountOf(text: string) {
  const [amount = '', currency = 'USD'] = text.split(' ').toReversed();
  const minor = isCurrency(currency) ? parseMoney(amount, currency) : null;
  if (!isCurrency(currency) || minor === null) throw new Error(`No amount of money: ${text}`);
  return { minor, currency };
}

function describe({ name, coverage, networks }: Destination, { feature }: DataAllowance, days: number) {
  const where = coverage ? `${coverage.length} countries of ${name}` : name;
  const on = coverage ? '' : ` on ${networks.map((network) => network.replace(/ \(.*/, '')).join(' or ')}`;
  return `Mobile data in ${where} for ${days} days${on}. ${feature}. Scan the QR code once and keep your own SIM in the phone.`;
}

function featuresOf({ coverage, terms }: Destination, { feature }: DataAllowance) {
  const starts =
    terms.activationPolicy === 'first_use' ? 'Starts when you first connect' : 'Starts on installation';
  return [
    feature,
    starts,
    ...(coverage ? [`One eSIM for ${coverage.length} countries`] : []),
    ...(terms.hotspot === 'Allowed' ? ['Hotspot allowed'] : []),
    ...(terms.kyc === 'None' ? ['No identity check'] : []),
  ];
}
