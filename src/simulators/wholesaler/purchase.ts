import { clock } from '../../lib/clock.js';
import type { BookedOrder, Books } from './books.js';
import { issueEsim } from './esim.js';
import { BUYING_FAULTS, type Fault, type FaultName } from './faults.js';
import { planFor } from './plan.js';

/** Every fault that can befall a purchase made in one call. */
export const PURCHASE_FAULTS = [
  'slow',
  'sold-out',
  'no-balance',
  'maintenance',
  'rate-limited',
  'unauthorized',
  ...BUYING_FAULTS,
] as const satisfies readonly FaultName[];

interface Wish {
  sku: string;
  reference: string | null;
  quantity: number;
  unlistedUntilReady: boolean;
}

/** An order that is not in the books yet. */
export function draftOrder(books: Books, wish: Wish, prefix = ''): BookedOrder {
  const number = books.nextNumber();
  return {
    ...wish,
    id: `${prefix}${number}`,
    number,
    state: 'held',
    costMinor: planFor(wish.sku).costMinor,
    placedAt: clock.now(),
    boughtAt: null,
    esims: [],
    readyAt: 0,
    lookUpsLeft: 0,
    requestId: null,
  };
}

/** Takes the money and issues the eSIMs, spoilt as the fault says. */
export function buy(books: Books, order: BookedOrder, host: string, fault?: Fault): BookedOrder {
  return books.save({
    ...order,
    state: 'bought',
    boughtAt: clock.now(),
    esims: issue(books, order.quantity, host, fault),
    ...delayBy(fault),
  });
}

function issue(books: Books, quantity: number, host: string, fault?: Fault) {
  return iccidsFor(books, quantity, fault).map((iccid) => {
    const esim = issueEsim(iccid, host);
    return fault?.fault === 'no-code' ? { ...esim, matchingId: null } : esim;
  });
}

function iccidsFor(books: Books, quantity: number, fault?: Fault): string[] {
  const earlier = fault?.fault === 'duplicate-iccid' ? books.issuedIccids().at(-1) : undefined;
  return earlier ? Array.from({ length: quantity }, () => earlier) : books.freshIccids(quantity);
}

function delayBy(fault?: Fault) {
  if (fault?.fault !== 'delayed' && fault?.fault !== 'timeout-bought-late') return {};
  return fault.ms === undefined ? { lookUpsLeft: fault.lookUps ?? 2 } : { readyAt: clock.now() + fault.ms };
}
