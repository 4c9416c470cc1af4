import { Op } from 'sequelize';
import { providers } from '../../fulfilment/providers.js';
import { DAY, clock } from '../../lib/clock.js';
import { FulfilmentAttempt, ProviderAccount } from '../../models/index.js';

/** Every wholesaler in line, with how it did in the last day. */
export async function providerHealth() {
  const [line, attempts] = await Promise.all([
    ProviderAccount.inLine(),
    FulfilmentAttempt.findAll({
      where: { sentAt: { [Op.gt]: clock.now() - DAY } },
      attributes: ['provider', 'state', 'durationMs'],
      raw: true,
    }),
  ]);
  return line.map((account) => {
    const own = attempts.filter(({ provider }) => provider === account.provider);
    const times = own.flatMap(({ durationMs }) => durationMs ?? []).toSorted((one, other) => one - other);
    const inState = (...states: FulfilmentAttempt['state'][]) =>
      own.filter(({ state }) => states.includes(state)).length;
    return {
      account,
      hasKeys: providers.has(account.provider),
      tried: own.length,
      delivered: inState('succeeded'),
      refused: inState('rejected', 'abandoned'),
      open: inState('sent', 'unknown'),
      /** Of its answers, in milliseconds, or null when there were none. */
      medianMs: times[Math.floor(times.length / 2)] ?? null,
    };
  });
}

export type ProviderHealth = Awaited<ReturnType<typeof providerHealth>>[number];
