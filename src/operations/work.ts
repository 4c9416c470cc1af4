import { Op } from 'sequelize';
import { log } from '../database.js';
import { readDueBalance } from '../fulfilment/provider-accounts.js';
import { fulfilNext } from '../fulfilment/run.js';
import { SECOND } from '../lib/clock.js';
import { Loop } from '../lib/loop.js';
import { sendNext } from '../mail/send.js';
import { EmailLog, Order, PriceListUpload, Refund, WebhookEvent } from '../models/index.js';
import { processNext } from '../payments/inbox.js';
import { refundNext } from '../payments/refund.js';
import { sweepNext } from '../payments/sweep.js';
import { backUpWhenDue } from './backup/when-due.js';
import { pruneWhenDue } from './prune.js';
import { retainNext } from './retention.js';

/** The worker's chores. Each does one piece of work and says whether there was one; several may run at once. */
export const CHORES = {
  inbox: { step: processNext, lanes: 2 },
  // A lane waits while a wholesaler does not answer; the others go on.
  fulfilment: { step: fulfilNext, lanes: 8 },
  refunds: { step: refundNext, lanes: 1 },
  mail: { step: sendNext, lanes: 2 },
  sweep: { step: sweepNext, lanes: 1 },
  prune: { step: pruneWhenDue, lanes: 1 },
  retention: { step: retainNext, lanes: 1 },
} as const;

/** What the worker looks at now and then; nothing that is sold waits for it. */
const WATCHES = {
  balances: { step: readDueBalance, lanes: 1 },
  backup: { step: backUpWhenDue, lanes: 1 },
} as const;

const REST = SECOND;

/** Starts every chore; the returned function ends them after the piece of work under way. */
export function startWork(): () => Promise<void> {
  const loops = Object.entries({ ...CHORES, ...WATCHES }).flatMap(([chore, { step, lanes }]) =>
    Array.from(
      { length: lanes },
      () => new Loop(step, REST, (err) => log.error({ err, chore }, 'chore failed')),
    ),
  );
  return async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
  };
}

/**
 * Ends the leases of a process that died. Only for SQLite, where one process works and a starting one is therefore the
 * only one; what it was doing is found again from the attempts. An import waits for its button to be pressed again.
 */
export async function endOldLeases() {
  for (const model of [Order, Refund, EmailLog, WebhookEvent]) {
    await (model as typeof Order).update(
      { leaseUntil: 0 },
      { where: { leaseUntil: { [Op.gt]: 0 } }, silent: true },
    );
  }
  const report: object = { failed: true };
  await PriceListUpload.update({ state: 'waiting', report }, { where: { state: 'applying' } });
}
