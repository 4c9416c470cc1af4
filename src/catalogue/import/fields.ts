import { z } from 'zod';
import { CURRENCIES } from '../../lib/money.js';
import { isCountry, rules } from '../../models/rules.js';
import { PROVIDERS } from '../../providers/provider.js';
import { countries, list, prose, text, whole, yesOrNo } from './cells.js';

/** What may stand in each column of a price list. */

const Required = z.object({
  name: text(200),
  slug: z
    .string('is empty')
    .refine(
      (cell) => rules.slug.safeParse(cell).success,
      'must be small letters and digits joined by dashes',
    ),
  country: z.string('is empty').refine(isCountry, 'must be an ISO 3166-1 code in capitals, such as JP'),
  duration: whole(1),
  data_limit: text(50),
  price: z.string('is empty'),
  cost: z.string('is empty'),
  currency: z.enum(CURRENCIES, `must be one of ${CURRENCIES.join(', ')}`),
  provider: z.enum(PROVIDERS, `must be one of ${PROVIDERS.join(', ')}`),
  provider_product_id: text(200),
  stock: whole(0),
});

const Optional = z.object({
  is_featured: yesOrNo,
  is_active: yesOrNo,
  sort_order: whole(0),
  data_mb: z
    .string()
    .regex(/^(unlimited|[1-9]\d{0,8})$/i, 'must be a number of megabytes, or the word unlimited')
    .transform((cell) => (/^unlimited$/i.test(cell) ? null : Number(cell))),
  region: z.enum(
    ['europe', 'asia', 'middle-east', 'africa', 'north-america', 'latin-america', 'oceania', 'global'],
    'must be a region of the shop, such as europe or middle-east',
  ),
  coverage: countries,
  description: prose,
  features: list,
  supported_networks: list,
  image_url: text(500).regex(/^(https:\/\/|\/(?!\/))\S+$/, 'must start with https:// or /'),
  speed: text(200),
  hotspot: text(200),
  activation_policy: z.enum(['first_use', 'installation'], 'must be first_use or installation'),
  install_within_days: whole(1),
  fair_use: text(500),
  top_up: text(200),
  kyc: text(200),
  phone_number: text(200),
  apn: text(100),
});

export const Fields = Required.extend(Optional.partial().shape);

export type Column = keyof typeof Fields.shape;
export type Fields = z.infer<typeof Fields>;
export type Cells = Partial<Record<Column, string>>;

export const COLUMNS = Object.keys(Fields.shape) as Column[];
export const REQUIRED_COLUMNS = Object.keys(Required.shape) as Column[];
