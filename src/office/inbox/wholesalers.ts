import { providers } from '../../fulfilment/providers.js';
import { DAY, HOUR, clock } from '../../lib/clock.js';
import { formatMoney } from '../../lib/money.js';
import { ProviderAccount, ProviderSyncLog } from '../../models/index.js';
import { NEWEST_FIRST } from '../../models/newest-first.js';
import type { Item } from './item.js';

const STALE_AFTER = DAY + 2 * HOUR;

/** Wholesalers that we buy from and where money runs out, or who do not say how much is left. */
export async function balances(): Promise<Item[]> {
  const accounts = (await ProviderAccount.inLine()).filter(({ provider }) => providers.has(provider));
  return accounts
    .filter((account) => account.isEnabled && (account.balanceIsLow() || account.balanceError))
    .map((account) => ({
      what: account.provider,
      why: account.balanceError
        ? `The balance cannot be read: ${account.balanceError}`
        : `Only ${formatMoney(account.balanceMinor!, 'USD', 'en')} is left`,
      since: new Date(account.balanceReadAt!),
      href: '/admin/providers',
      press: { action: `/admin/providers/${encodeURIComponent(account.provider)}/test`, words: 'Ask again' },
    }));
}

/** Wholesalers whose catalogue was compared with ours last time without success, or too long ago. */
export async function staleSyncs(): Promise<Item[]> {
  const items: Item[] = [];
  for (const provider of providers.keys()) {
    const last = await ProviderSyncLog.findOne({ where: { provider }, order: NEWEST_FIRST });
    const isStale = last && (last.status === 'failed' || clock.now() - last.created.getTime() > STALE_AFTER);
    if (!isStale) continue;
    const why =
      last.status === 'failed'
        ? `The comparison failed: ${last.errorMessage ?? ''}`
        : 'Not compared for a day';
    items.push({ what: provider, why, since: last.created, href: '/admin/provider-sync-logs' });
  }
  return items;
}
