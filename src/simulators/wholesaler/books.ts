import { clock } from '../../lib/clock.js';
import { Journal } from '../journal.js';
import { inventIccid, lpaOf, type IssuedEsim } from './esim.js';

export interface BookedOrder {
  id: string;
  number: number;
  sku: string;
  reference: string | null;
  /** `held` and `cancelled` are MobiMatter's: money set aside, and given back. */
  state: 'held' | 'bought' | 'cancelled' | 'expired';
  quantity: number;
  /** For one eSIM. */
  costMinor: number;
  placedAt: number;
  boughtAt: number | null;
  esims: IssuedEsim[];
  /** The profile is there from this time on, and after this many look-ups. */
  readyAt: number;
  lookUpsLeft: number;
  /** Not even listed before it is ready. */
  unlistedUntilReady: boolean;
  /** Airalo's, for `orders-async`. */
  requestId: string | null;
}

interface Wallet {
  id: 'wallet';
  openingMinor: number;
}

export interface LedgerEntry {
  providerOrderId: string;
  reference: string | null;
  sku: string;
  iccid: string;
  lpa: string | null;
  costMinor: number;
  boughtAt: string;
}

const OPENING_MINOR = 10_000_000;

/** What a wholesaler sold and what the shop has left in its wallet there. */
export class Books {
  private readonly journal: Journal<BookedOrder | Wallet>;
  /** Starts at the time of day, so that a restart without a journal gives no number twice. */
  private lastNumber = Math.floor(Date.now() / 1000) - 1_700_000_000;

  constructor(journalFile?: string) {
    this.journal = new Journal(journalFile);
    this.lastNumber = Math.max(this.lastNumber, ...this.orders().map(({ number }) => number));
  }

  nextNumber() {
    return ++this.lastNumber;
  }

  save(order: BookedOrder) {
    this.journal.put(order);
    return order;
  }

  find(id: string): BookedOrder | undefined {
    const record = this.journal.get(id);
    return record && 'sku' in record ? record : undefined;
  }

  /** The latest, as the `duplicate-iccid` fault gives one ICCID to several. */
  findByIccid(iccid: string) {
    return this.newestFirst().find(({ esims }) => esims.some((esim) => esim.iccid === iccid));
  }

  /** Oldest first. */
  orders(): BookedOrder[] {
    return this.journal.all().filter((record) => 'sku' in record);
  }

  newestFirst() {
    return this.orders().toReversed();
  }

  isReady({ lookUpsLeft, readyAt }: BookedOrder) {
    return lookUpsLeft === 0 && clock.now() >= readyAt;
  }

  /** As `isReady`, and brings a profile that is still on its way one look-up nearer. */
  lookUp(order: BookedOrder) {
    const ready = this.isReady(order);
    if (order.lookUpsLeft > 0) this.save(Object.assign(order, { lookUpsLeft: order.lookUpsLeft - 1 }));
    return ready;
  }

  issuedIccids() {
    return this.orders().flatMap(({ esims }) => esims.map(({ iccid }) => iccid));
  }

  freshIccids(count: number) {
    const issued = new Set(this.issuedIccids());
    const before = issued.size;
    while (issued.size < before + count) issued.add(inventIccid(issued.size));
    return [...issued].slice(before);
  }

  balanceMinor() {
    return this.openingMinor() - this.spentMinor();
  }

  setBalance(minor: number) {
    this.journal.put({ id: 'wallet', openingMinor: minor + this.spentMinor() });
  }

  ledger(): LedgerEntry[] {
    return this.orders().flatMap((order) => (order.state === 'bought' ? entriesOf(order) : []));
  }

  clear() {
    this.journal.clear();
  }

  private openingMinor() {
    const wallet = this.journal.get('wallet');
    return wallet && 'openingMinor' in wallet ? wallet.openingMinor : OPENING_MINOR;
  }

  private spentMinor() {
    return this.orders()
      .filter(({ state }) => state === 'bought' || state === 'held')
      .reduce((total, { costMinor, quantity }) => total + costMinor * quantity, 0);
  }
}

function entriesOf({ id, reference, sku, costMinor, boughtAt, placedAt, esims }: BookedOrder): LedgerEntry[] {
  return esims.map((esim) => ({
    providerOrderId: id,
    reference,
    sku,
    iccid: esim.iccid,
    lpa: lpaOf(esim),
    costMinor,
    boughtAt: new Date(boughtAt ?? placedAt).toISOString(),
  }));
}
