import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response, NextFunction } from 'express';
import { Books, type BookedOrder } from './books.js';
import { FaultBoard, REFUSALS, type Fault, type FaultName, type Refusal } from './faults.js';
import { LISTED_FROM_THE_START, planFor, type Plan } from './plan.js';

/** How one wholesaler words each refusal. */
export type Refusals = Record<Refusal, { status: number; body: unknown }>;

const isRefusal = (name: FaultName | undefined): name is Refusal =>
  REFUSALS.some((refusal) => refusal === name);

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

  /** Goes before every route: a switched-on `unauthorized` or `look-up-down` spares none. */
  readonly gate = (req: Request, res: Response, next: NextFunction) => {
    if (this.faults.take(['unauthorized'])) return void this.refuse(res, 'unauthorized');
    if (req.method === 'GET' && this.faults.take(['look-up-down']))
      return void this.refuse(res, 'server-error');
    next();
  };

  refuse(res: Response, why: Refusal, { ms = 1000 }: { ms?: number | undefined } = {}) {
    const { status, body } = this.refusals[why];
    if (why === 'rate-limited') res.set('Retry-After', String(Math.ceil(ms / 1000)));
    res.status(status).json(body);
  }

  /** The fault that spoils this step of a purchase, after the wait when it is `slow`. */
  async faultFor(sku: string, names: readonly FaultName[]) {
    const slow = names.includes('slow') && this.faults.take(['slow'], sku);
    if (slow) await sleep(slow.ms ?? 3000, undefined, { ref: false });
    return this.faults.take(
      names.filter((name) => name !== 'slow'),
      sku,
    );
  }

  /** True when the purchase ended here, with an answer or a dropped connection, and nothing was bought. */
  turnedAway(res: Response, fault: Fault | undefined) {
    if (isRefusal(fault?.fault)) this.refuse(res, fault.fault, fault);
    else if (fault?.fault === 'timeout-not-bought') hangUp(res);
    else return false;
    return true;
  }

  /** True when the wallet cannot pay, which has then been said. */
  cannotPay(res: Response, costMinor: number) {
    const short = this.books.balanceMinor() < costMinor;
    if (short) this.refuse(res, 'no-balance');
    return short;
  }

  /** Ends a purchase that went through, as the fault lets the caller see it. */
  answerBought(res: Response, fault: Fault | undefined, send: () => void) {
    switch (fault?.fault) {
      case 'timeout-bought':
      case 'timeout-bought-late':
      case 'create-timeout':
        return hangUp(res);
      case 'hang-bought':
        return;
      case 'garbage':
        return void res.type('json').send('{"data":{"id":');
      case 'server-error-bought':
        return this.refuse(res, 'server-error');
      default:
        send();
    }
  }

  /** True when `look-up-down` is on for the SKU of one of these orders, which has then been answered. */
  isBlindFor(res: Response, orders: BookedOrder[]) {
    const blind = orders.some(({ sku }) => this.faults.take(['look-up-down'], sku));
    if (blind) this.refuse(res, 'server-error');
    return blind;
  }

  /** For sale: a sold-out package vanishes from the list. */
  plans(): Plan[] {
    const skus = new Set([...LISTED_FROM_THE_START, ...this.books.orders().map(({ sku }) => sku)]);
    return [...skus].filter((sku) => !this.faults.find(['sold-out'], sku)).map(planFor);
  }
}

function hangUp(res: Response) {
  res.req.socket.destroy();
}
