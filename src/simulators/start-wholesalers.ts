import { join } from 'node:path';
import type { AiraloCredentials } from './airalo/token-desk.js';
import { createAiraloSimulator } from './airalo/simulator.js';
import { createEsimCardSimulator } from './esim-card/simulator.js';
import type { EsimCardCredentials } from './esim-card/sessions.js';
import { listen } from './listener.js';
import { createMobiMatterSimulator, type MobiMatterCredentials } from './mobimatter/simulator.js';
import type { Simulator } from './wholesaler/simulator.js';

export interface WholesalerCredentials {
  airalo: AiraloCredentials;
  mobiMatter: MobiMatterCredentials;
  esimCard: EsimCardCredentials;
}

interface Options {
  /** A missing port is a free one. */
  ports?: { airalo?: number; mobiMatter?: number; esimCard?: number };
  /** Where the books are kept; without it they end with the process. */
  journalDir?: string;
  credentials?: Partial<WholesalerCredentials>;
  airaloTokensPerMinute?: number;
}

export type RunningWholesaler = Awaited<ReturnType<typeof start>>;

/** What the simulators accept unless told otherwise. */
export const SIMULATOR_CREDENTIALS: WholesalerCredentials = {
  airalo: { clientId: 'simulated-client', clientSecret: 'simulated-secret' },
  mobiMatter: { apiKey: 'simulated-key', merchantId: 'simulated-merchant' },
  esimCard: { email: 'shop@example.com', password: 'simulated-password', token: 'simulated-portal-token' },
};

/** Starts the three simulated wholesalers, each on a loopback port of its own. */
export async function startWholesalers({
  ports = {},
  journalDir,
  credentials,
  airaloTokensPerMinute,
}: Options = {}) {
  const accepted = { ...SIMULATOR_CREDENTIALS, ...credentials };
  const journal = (name: string) => ({ journalFile: journalDir && join(journalDir, `${name}.jsonl`) });

  const airalo = { ...accepted.airalo, ...journal('airalo'), tokensPerMinute: airaloTokensPerMinute };
  const mobiMatter = { ...accepted.mobiMatter, ...journal('mobimatter') };
  const esimCard = { ...accepted.esimCard, ...journal('esim-card') };

  return {
    airalo: await start(createAiraloSimulator(airalo), ports.airalo),
    mobiMatter: await start(createMobiMatterSimulator(mobiMatter), ports.mobiMatter),
    esimCard: await start(createEsimCardSimulator(esimCard), ports.esimCard),
  };
}

async function start(simulator: Simulator, port?: number) {
  const { url, close, port: bound } = await listen(simulator.app, port);
  const { app: _app, prefix, ...handle } = simulator;
  return { ...handle, url, port: bound, close, baseUrl: `${url}${prefix}`, controlUrl: `${url}/control` };
}
