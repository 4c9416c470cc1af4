import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import { Answer, HangUp } from './answer.js';
import { Books, type BookedOrder } from './books.js';
import { FaultBoard, REFUSALS, type Fault, type FaultName, type Refusal } from './faults.js';
import { LISTED_FROM_THE_START, planFor, type Plan } from './plan.js';

/** How one wholesaler words each refusal. */
export type Refusals = Record<Refusal, { status: number; body: unknown }>;

const isRefusal = (name: FaultName | undefined): name is Refusal =>
  REFUSALS.some((refusal) => refusal === name);

const SLOW_MS = 3000;

/** What all three simulated wholesalers share: books, faults, and how a fault shows on the wire. */
export class Wholesaler {
  readonly books: Books;
  readonly faults: FaultBoard;

  constructor(
    readonly name: string,
    known: readonly FaultName[],
    private readonly refusals: Refusals,
    journalFile?: string,
  ) {
    this.books = new Books(journalFile);
    this.faults = new FaultBoard(known);
  }

  /** Goes before every route: these two, switched on for every SKU, spare none. */
  readonly gate: RequestHandler = (req, _res, next) => {
    if (this.faults.take(['unauthorized'])) throw this.refusal('unauthorized');
    if (req.method === 'GET' && this.faults.take(['look-up-down'])) throw this.refusal('server-error');
    next();
  };

  refusal(why: Refusal, { ms = 1000 }: Partial<Fault> = {}) {
    const { status, body } = this.refusals[why];
    const headers = why === 'rate-limited' ? { 'Retry-After': String(Math.ceil(ms / 1000)) } : {};
    return new Answer(status, body, headers);
  }

  /** The fault that spoils this step of a purchase, after the wait when it is `slow`. */
  async faultFor(sku: string, names: readonly FaultName[]) {
    const slow = names.includes('slow') && this.faults.take(['slow'], sku);
    if (slow) await sleep(slow.ms ?? SLOW_MS, undefined, { ref: false });
    const others = names.filter((name) => name !== 'slow');
    return this.faults.take(others, sku);
  }

  /** Ends the purchase when the fault lets nothing be bought. */
  turnAway(fault: Fault | undefined) {
    if (isRefusal(fault?.fault)) throw this.refusal(fault.fault, fault);
    if (fault?.fault === 'timeout-not-bought') throw new HangUp();
  }

  /** Ends the purchase when the wallet cannot pay. */
  mustAfford({ costMinor, quantity }: BookedOrder) {
    if (this.books.balanceMinor() < costMinor * quantity) throw this.refusal('no-balance');
  }

  /** Ends the look-up when `look-up-down` is on for the SKU of one of these orders. */
  mustSee(orders: BookedOrder[]) {
    if (orders.some(({ sku }) => this.faults.take(['look-up-down'], sku))) throw this.refusal('server-error');
  }

  /** Ends a purchase that went through, as the fault lets the caller see it. */
  answerBought(res: Response, fault: Fault | undefined, send: () => void) {
    switch (fault?.fault) {
      case 'timeout-bought':
      case 'timeout-bought-late':
      case 'create-timeout':
        throw new HangUp();
      case 'server-error-bought':
        throw this.refusal('server-error');
      case 'garbage':
        res.type('json').send('{"data":{"id":');
        break;
      case 'hang-bought':
        break;
      default:
        send();
    }
  }

  /** For sale: a sold-out package vanishes from the list. */
  plans(): Plan[] {
    const skus = new Set([...LISTED_FROM_THE_START, ...this.books.orders().map(({ sku }) => sku)]);
    return [...skus].filter((sku) => !this.faults.find(['sold-out'], sku)).map(planFor);
  }
}
