import type { RequestListener } from 'node:http';
import express, { type Router } from 'express';
import { sendThrown, type Answer } from './answer.js';
import type { LedgerEntry } from './books.js';
import { control } from './control.js';
import type { Fault, FaultName } from './faults.js';
import type { Wholesaler } from './wholesaler.js';

/** A simulated wholesaler as tests and the demo hold it. */
export interface Simulator {
  app: RequestListener;
  /** What the shop's base URL ends in. */
  prefix: string;
  fault: (fault: Fault | FaultName) => void;
  /** Without a name, all of them. */
  clearFaults: (name?: FaultName) => void;
  /** What was really bought, oldest first. */
  ledger: () => LedgerEntry[];
  balanceMinor: () => number;
  setBalance: (minor: number) => void;
  /** Empties the books, switches every fault off and forgets the rate limits; tokens stay good. */
  reset: () => void;
}

interface Parts {
  wholesaler: Wholesaler;
  prefix: string;
  api: Router;
  notFound: Answer;
  clearLimits?: () => void;
}

export function simulate({ wholesaler, prefix, api, notFound, clearLimits = () => {} }: Parts): Simulator {
  const { books, faults } = wholesaler;
  const reset = () => {
    books.clear();
    faults.switchOff();
    clearLimits();
  };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json(), express.urlencoded());
  app.use('/control', control(wholesaler, reset));
  app.use(prefix, wholesaler.gate, api);
  app.use((_req, _res, next) => next(notFound));
  app.use(sendThrown);

  return {
    app,
    prefix,
    fault: (fault) => faults.switchOn(typeof fault === 'string' ? { fault } : fault),
    clearFaults: (name) => faults.switchOff(name),
    ledger: () => books.ledger(),
    balanceMinor: () => books.balanceMinor(),
    setBalance: (minor) => books.setBalance(minor),
    reset,
  };
}
