import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { HOUR, MINUTE, clock } from '../lib/clock.js';
import { AuditLog, ProviderAccount, type User } from '../models/index.js';
import { isProvider, type Provider, type ProviderName } from '../providers/provider.js';
import { providers } from './providers.js';

/** Throws NotFound, or RuleBroken when it is the last that we could buy from. Purchases under way are still looked up. */
export const switchOff = (name: string, staff: User) =>
  change(name, staff, 'switch_off', async (account, all) => {
    const left = all.filter((other) => other.isEnabled && providers.has(other.provider));
    if (left.every((other) => other.provider === account.provider))
      throw new RuleBroken('errors.providerAccount.last');
    await account.update({ isEnabled: false });
  });

/** Throws NotFound. */
export const switchOn = (name: string, staff: User) =>
  change(name, staff, 'switch_on', (account) => account.update({ isEnabled: true }));

/** One place forward in the line of those who are asked. Throws NotFound. */
export const moveUp = (name: string, staff: User) =>
  change(name, staff, 'move_up', async (account, all) => {
    const place = all.indexOf(account);
    const inFront = all[place - 1];
    if (!inFront) return;
    await inFront.update({ position: place + 1 });
    await account.update({ position: place });
  });

/** In USD cents. Throws NotFound. */
export const warnBelow = (name: string, lowBalanceMinor: number, staff: User) =>
  change(name, staff, 'warn_below', (account) => account.update({ lowBalanceMinor }));

/** Asks a wholesaler for our balance, and so whether it answers and knows us. Throws NotFound. */
export async function readBalance(name: string): Promise<ProviderAccount> {
  if (!isProvider(name)) throw new NotFound();
  const read = await askFor(providers.get(name));
  return tx(async () => {
    const account = (await lockedLine()).find(({ provider }) => provider === name)!;
    return account.update({ ...read, balanceReadAt: clock.now() });
  });
}

const EVERY = HOUR;

let nextLookAt = 0;

/** A watch of the worker: reads one balance that is an hour old. Returns whether there was one. */
export async function readDueBalance(): Promise<boolean> {
  if (clock.now() < nextLookAt) return false;
  const used = (await ProviderAccount.inLine()).filter(({ provider }) => providers.has(provider));
  const due = used.find(({ balanceReadAt }) => (balanceReadAt ?? 0) <= clock.now() - EVERY);
  if (due) await readBalance(due.provider);
  else nextLookAt = clock.now() + MINUTE;
  return due !== undefined;
}

async function askFor(provider: Provider | undefined) {
  if (!provider) return { balanceError: 'It has no keys in the settings' };
  try {
    return { balanceMinor: await provider.balanceMinor(), balanceError: null };
  } catch (error) {
    return { balanceError: error instanceof Error ? error.message : String(error) };
  }
}

/** What staff does to a wholesaler's account is in the books. */
async function change(
  name: string,
  staff: User,
  action: string,
  work: (account: ProviderAccount, all: ProviderAccount[]) => Promise<unknown>,
) {
  await tx(async () => {
    const all = await lockedLine();
    const account = all.find(({ provider }) => provider === (name as ProviderName));
    if (!account) throw new NotFound();
    const before = factsOf(account);
    await work(account, all);
    const after = factsOf(account);
    if (JSON.stringify(after) !== JSON.stringify(before))
      await AuditLog.record(staff, action, account, before, after);
  });
}

/** Every account as a locked row, in line: two changes at once are one after the other. */
async function lockedLine() {
  for (const account of await ProviderAccount.inLine()) {
    const { provider, position } = account;
    if (account.isNewRecord)
      await ProviderAccount.findOrCreate({ where: { provider }, defaults: { provider, position } });
  }
  const all = await ProviderAccount.findAll({ order: [['provider', 'ASC']], ...forUpdate });
  return all.toSorted((one, other) => one.position - other.position);
}

const factsOf = ({ isEnabled, position, lowBalanceMinor }: ProviderAccount): object => ({
  isEnabled,
  position,
  lowBalanceMinor,
});
