import { COLUMNS, type Column } from '../../catalogue/import/fields.js';
import { decimalMoney } from '../../lib/money.js';
import { Product } from '../../models/index.js';
import { batchesBy, told } from './batches.js';
import type { Kind, Row } from './kind.js';

const joined = (list: string[] | null) => list?.join('|') ?? null;

/** What `npm run catalogue:import` reads, so that the file can be changed and brought in again. */
const rowOf = (plan: Product): Record<Column, Row[string]> => ({
  name: plan.name,
  slug: plan.slug,
  country: plan.country,
  duration: plan.duration,
  data_limit: plan.dataLimit,
  price: decimalMoney(plan.priceMinor, plan.currency),
  cost: decimalMoney(plan.costMinor, plan.currency),
  currency: plan.currency,
  provider: plan.provider,
  provider_product_id: plan.providerProductId,
  stock: plan.stock,
  is_featured: String(plan.isFeatured),
  // What the stock switched off, an admin did not: it comes back with the stock.
  is_active: String(plan.isActive || plan.deactivatedByStock),
  sort_order: plan.sortOrder,
  data_mb: plan.dataMb ?? 'unlimited',
  region: plan.region,
  coverage: joined(plan.coverage),
  description: plan.description,
  features: joined(plan.features),
  supported_networks: joined(plan.supportedNetworks),
  image_url: plan.imageUrl,
  speed: plan.speed,
  hotspot: plan.hotspot,
  activation_policy: plan.activationPolicy,
  install_within_days: plan.installWithinDays,
  fair_use: plan.fairUse,
  top_up: plan.topUp,
  kyc: plan.kyc,
  phone_number: plan.phoneNumber,
  apn: plan.apn,
});

export const products: Kind = {
  columns: COLUMNS,
  count: () => Product.count(),
  batches: () => told(batchesBy(Product, 'slug'), rowOf),
};
