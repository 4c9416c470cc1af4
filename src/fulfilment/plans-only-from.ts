import { QueryTypes } from 'sequelize';
import { sequelize } from '../database.js';
import type { ProviderName } from '../providers/provider.js';

/** How many plans for sale nobody but this wholesaler could deliver. */
export async function plansOnlyFrom(provider: ProviderName): Promise<number> {
  const [row] = await sequelize.query<{ count: number }>(
    `SELECT count(*) AS count FROM esim_products p
     WHERE p.provider = :provider AND p.is_active = TRUE AND NOT EXISTS (
       SELECT 1 FROM provider_offers o
       WHERE o.product = p.id AND o.provider <> :provider AND o.is_available = TRUE AND o.cost_minor < p.price_minor
         AND NOT EXISTS (SELECT 1 FROM provider_accounts a WHERE a.provider = o.provider AND a.is_enabled = FALSE))`,
    { replacements: { provider }, type: QueryTypes.SELECT },
  );
  return row!.count;
}
