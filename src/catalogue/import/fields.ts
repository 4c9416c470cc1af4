import { z } from 'zod';
import { CURRENCIES } from '../../lib/money.js';
import { planFields as rule } from '../../models/plan-fields.js';
import { keeps } from '../../models/rules.js';
import { PROVIDERS } from '../../providers/provider.js';
import { countries, list, prose, text, whole, yesOrNo } from './cells.js';

/** What may stand in each column of a price list: what the plan's own rules allow. */

const Required = z.object({
  name: text(rule.name, 200),
  slug: z.string('is empty').refine(keeps(rule.slug), 'must be small letters and digits joined by dashes'),
  country: z
    .string('is empty')
    .refine(keeps(rule.country), 'must be an ISO 3166-1 code in capitals, such as JP'),
  duration: whole(rule.duration, 1),
  data_limit: text(rule.dataLimit, 50),
  price: z.string('is empty'),
  cost: z.string('is empty'),
  currency: z.enum(CURRENCIES, `must be one of ${CURRENCIES.join(', ')}`),
  provider: z.enum(PROVIDERS, `must be one of ${PROVIDERS.join(', ')}`),
  provider_product_id: text(rule.providerProductId, 200),
  stock: whole(rule.stock, 0),
});

const Optional = z.object({
  is_featured: yesOrNo,
  is_active: yesOrNo,
  sort_order: whole(rule.sortOrder, 0),
  data_mb: z
    .string()
    .regex(/^(unlimited|[1-9]\d{0,8})$/i, 'must be a number of megabytes, or the word unlimited')
    .transform((cell) => (/^unlimited$/i.test(cell) ? null : Number(cell))),
  region: z
    .string()
    .refine(keeps(rule.region), 'must be a region of the shop, such as europe or middle-east'),
  coverage: countries,
  description: prose(rule.description, 5000),
  features: list(rule.features, 500),
  supported_networks: list(rule.supportedNetworks, 500),
  image_url: text(z.any(), 500).refine(keeps(rule.imageUrl), 'must start with https:// or /'),
  speed: text(rule.speed, 200),
  hotspot: text(rule.hotspot, 200),
  activation_policy: z.string().refine(keeps(rule.activationPolicy), 'must be first_use or installation'),
  install_within_days: whole(rule.installWithinDays, 1),
  fair_use: text(rule.fairUse, 500),
  top_up: text(rule.topUp, 200),
  kyc: text(rule.kyc, 200),
  phone_number: text(rule.phoneNumber, 200),
  apn: text(rule.apn, 100),
});

export const Fields = Required.extend(Optional.partial().shape);

export type Column = keyof typeof Fields.shape;
export type Fields = z.infer<typeof Fields>;
export type Cells = Partial<Record<Column, string>>;

export const COLUMNS = Object.keys(Fields.shape) as Column[];
export const REQUIRED_COLUMNS = Object.keys(Required.shape) as Column[];
