import type { ProviderName } from '../../providers/provider.js';
import { atOneMoment } from './ask.js';
import { readBooks, type Books } from './books.js';
import { isBroken, type Finding } from './finding.js';
import { MAILBOX, MAILBOX_SETTLED } from './ledgers/mailbox.js';
import { STRIPE, STRIPE_SETTLED } from './ledgers/stripe.js';
import { WHOLESALERS, withoutOwner } from './ledgers/wholesalers.js';

/** What the outside world says was done, as plain data in its own words. */
export interface Ledgers {
  wholesalers: Record<ProviderName, SoldEsim[]>;
  stripe: StripeLedger;
  mailbox: { mails: ArrivedMail[]; /** Older mails are forgotten: epoch milliseconds. */ keptSince: number };
}

export interface SoldEsim {
  providerOrderId: string;
  reference: string | null;
  sku: string;
  iccid: string;
  lpa: string | null;
}

export interface StripeLedger {
  sessions: {
    id: string;
    payment_status: string;
    payment_intent: string | null;
    amount_total: number;
    currency: string;
    metadata: Record<string, string>;
  }[];
  paymentIntents: { id: string; amount_received: number }[];
  refunds: { payment_intent: string; status: string; amount: number; metadata: Record<string, string> }[];
}

export interface ArrivedMail {
  messageId: string;
  to: string[];
  text: string;
}

/** A sentence, and what finds the ids for which it is not true. */
export type Comparisons = Record<string, (books: Books, ledgers: Ledgers) => string[]>;

const ALWAYS: Comparisons = { ...WHOLESALERS, ...STRIPE, ...MAILBOX };
const SETTLED: Comparisons = { ...STRIPE_SETTLED, ...MAILBOX_SETTLED };

/** What must agree at every moment, also in the middle of work. */
export const checkLedgers = (ledgers: Ledgers) => compare(ALWAYS, ledgers);

/** What must agree once nothing is under way any more: everything. */
export const checkSettledLedgers = (ledgers: Ledgers) => compare({ ...ALWAYS, ...SETTLED }, ledgers);

/**
 * The same of a shop that goes on selling between a look into the one book and into the other: what differs is believed
 * when it differs twice.
 */
export async function checkLedgersTwice(read: () => Promise<Ledgers>): Promise<Finding[]> {
  const look = async () => {
    const ledgers = await read();
    return atOneMoment(() => checkLedgers(ledgers));
  };
  const first = await look();
  if (!first.some(isBroken)) return first;
  const second = await look();
  return first.map(({ invariant, ids }, index) => ({
    invariant,
    ids: ids.filter((id) => second[index]!.ids.includes(id)),
  }));
}

/** eSIMs that were paid for and that no order has: bought by an attempt that is open, or was given up as not bought. */
export const findOrphans = async (ledgers: Ledgers) => withoutOwner(await readBooks(), ledgers);

async function compare(comparisons: Comparisons, ledgers: Ledgers): Promise<Finding[]> {
  const books = await readBooks();
  return Object.entries(comparisons).map(([invariant, find]) => ({ invariant, ids: find(books, ledgers) }));
}
