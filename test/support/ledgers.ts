import type { Ledgers } from '../../src/operations/invariants/ledgers.js';
import { mailboxLedger } from '../../src/simulators/ledgers.js';
import { world } from './environment.js';

/** What the outside world of the tests has in its books. */
export const ledgers = (): Ledgers => ({
  stripe: world.stripe.ledger(),
  wholesalers: {
    Airalo: world.airalo.ledger(),
    MobiMatter: world.mobiMatter.ledger(),
    'eSIM Card': world.esimCard.ledger(),
  },
  mailbox: mailboxLedger(world.mailbox.mails()),
});

/** A test that makes its rows by itself has traded with nobody, so that nobody knows of them. */
export const nobodyTraded = ({ stripe, wholesalers, mailbox }: Ledgers) =>
  [stripe.sessions, ...Object.values(wholesalers), mailbox.mails].every((ledger) => ledger.length === 0);
