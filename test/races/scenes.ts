import type { Person } from './people.js';
import type { Market, Sale } from './sale.js';

interface Scene {
  /** Where a purchase stands when everybody turns up. */
  title: string;
  begin: (market: Market) => Promise<Sale>;
  /** Whoever has something to do there. */
  busy: Person[];
  everybody: Person[];
}

const ALWAYS: Person[] = ['webhook', 'return page', 'sweeper', 'worker', 'new checkout', 'admin'];

export const SCENES: Scene[] = [
  {
    title: 'paid, and nobody has told the shop',
    begin: (market) => market.paid(),
    busy: ['webhook', 'return page', 'sweeper', 'new checkout', 'admin'],
    everybody: ALWAYS,
  },
  {
    title: 'paid and waiting for the worker',
    begin: (market) => market.known(),
    busy: ['worker', 'webhook', 'new checkout', 'admin'],
    everybody: ALWAYS,
  },
  {
    title: 'over, and nobody has told the shop',
    begin: (market) => market.ended(),
    busy: ['webhook', 'return page', 'sweeper', 'new checkout', 'admin'],
    everybody: ALWAYS,
  },
  {
    title: 'at its last moment, when it may yet be paid or be over',
    begin: (market) => market.undecided(),
    busy: ['return page', 'sweeper', 'new checkout', 'admin'],
    everybody: [...ALWAYS, 'payment', 'end'],
  },
];
