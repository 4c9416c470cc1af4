import { expect } from 'chai';
import { onSqlite } from '../../src/database.js';
import { Purchase } from '../../src/models/index.js';
import { checkInvariants, checkSettled } from '../../src/operations/invariants.js';
import {
  checkLedgers,
  checkSettledLedgers,
  findOrphans,
  type Ledgers,
} from '../../src/operations/invariants/ledgers.js';
import type { Mail } from '../../src/simulators/mailbox/index.js';
import { mustHold } from './books.js';
import { world } from './environment.js';
import { ledgers } from './ledgers.js';

/** What a dead process has left, compared with what the world had in its books when it died. */
export class KillBooks {
  /** The mailbox forgets the oldest. */
  private readonly mails = new Map<string, Mail>();

  /** Of this moment; the world goes on. */
  ofTheWorld(): Ledgers {
    for (const mail of world.mailbox.mails()) this.mails.set(mail.id, mail);
    return { ...ledgers(), mailbox: { mails: [...this.mails.values()], keptSince: 0 } };
  }

  /** On PostgreSQL the shop's books go on too, and are no longer of the same moment. */
  async mustBeRight(outside: Ledgers) {
    await mustHold([...(await checkInvariants()), ...(onSqlite ? await checkLedgers(outside) : [])]);
  }

  async mustBeSettled() {
    const outside = this.ofTheWorld();
    await mustHold([...(await checkSettled()), ...(await checkSettledLedgers(outside))]);
    expect(await findOrphans(outside)).to.deep.equal([]);
    expect(await Purchase.count({ where: { state: 'open' } })).to.equal(0);
  }
}
