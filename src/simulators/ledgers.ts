import type { ArrivedMail, Ledgers, SoldEsim, StripeLedger } from '../operations/invariants/ledgers.js';
import type { Settings } from '../settings.js';
import { KEPT } from './mailbox/shelf.js';

/** Where each part of the outside world tells what it did. */
export interface Addresses {
  stripe: string;
  airalo: string;
  mobiMatter: string;
  esimCard: string;
  mailbox: string;
}

/** Of a demo (settings/demo-world.ts, world.ts). */
export const demoAddresses = ({ stripe, providers, port }: Settings): Addresses => ({
  stripe: stripe.apiBase,
  airalo: providers.airalo!.baseUrl!,
  mobiMatter: providers.mobiMatter!.baseUrl!,
  esimCard: providers.esimCard!.baseUrl!,
  mailbox: `http://127.0.0.1:${port + 2}`,
});

/** What the simulators have in their books, or null while they do not run. */
export async function readLedgers(at: Addresses): Promise<Ledgers | null> {
  try {
    const [stripe, airalo, mobiMatter, esimCard, mails] = await Promise.all([
      read<StripeLedger>('/control/ledger', at.stripe),
      read<SoldEsim[]>('/control/ledger', at.airalo),
      read<SoldEsim[]>('/control/ledger', at.mobiMatter),
      read<SoldEsim[]>('/control/ledger', at.esimCard),
      read<KeptMail[]>('/mails.json', at.mailbox),
    ]);
    const wholesalers = { Airalo: airalo, MobiMatter: mobiMatter, 'eSIM Card': esimCard };
    return { stripe, wholesalers, mailbox: mailboxLedger(mails.toReversed()) };
  } catch (error) {
    if (error instanceof TypeError && error.message === 'fetch failed') return null;
    throw error;
  }
}

type KeptMail = ArrivedMail & { receivedAt: string };

/** In the order of arrival. The shelf forgets the oldest. */
export const mailboxLedger = (mails: KeptMail[]): Ledgers['mailbox'] => ({
  mails,
  keptSince: mails.length < KEPT ? 0 : Date.parse(mails[0]!.receivedAt),
});

async function read<T>(path: string, base: string): Promise<T> {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return (await answer.json()) as T;
}
