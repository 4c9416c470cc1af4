import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clock } from '../../src/lib/clock.js';
import type { BuyRequest, LookUpRequest } from '../../src/providers/provider.js';

export interface Call {
  route: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** What the wholesaler does with a call: answer it, or one of the ways in which networks fail. */
export type Reply =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string>; afterMs?: number }
  | 'reset'
  | 'hang'
  | 'cut short';

/** Per `METHOD /path`: replies in turn, the last one for ever. */
export type Script = Record<string, Reply | Reply[]>;

export interface Wholesaler {
  url: string;
  calls: Call[];
  /** The routes in the order in which they were called. */
  routes: () => string[];
  script: Script;
  close: () => Promise<void>;
}

export async function aWholesaler(): Promise<Wholesaler> {
  const calls: Call[] = [];
  /** Keyed by the replies, so that a new script starts with its first one. */
  const turns = new WeakMap<Reply[], number>();
  const wholesaler = { calls, script: {} as Script, routes: () => calls.map((call) => call.route) };
  const server = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      const url = new URL(req.url!, 'http://localhost');
      const route = `${req.method} ${url.pathname}`;
      calls.push({ route, query: url.searchParams, headers: req.headers, body });
      const scripted = wholesaler.script[route] ?? { status: 500, text: `no script for ${route}` };
      if (!Array.isArray(scripted)) return perform(scripted, res);
      const turn = turns.get(scripted) ?? 0;
      turns.set(scripted, turn + 1);
      return perform(scripted[Math.min(turn, scripted.length - 1)]!, res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(wholesaler, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  const chunks = await req.toArray();
  const text = Buffer.concat(chunks as Buffer[]).toString();
  return text ? JSON.parse(text) : undefined;
}

async function perform(reply: Reply, res: ServerResponse) {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    res.socket!.destroy();
    return;
  }
  if (reply === 'cut short') {
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    res.write('{"data":{', () => res.socket!.destroy());
    return;
  }
  if (reply.afterMs) await new Promise((resolve) => setTimeout(resolve, reply.afterMs));
  res.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', ...reply.headers });
  res.end(reply.text ?? JSON.stringify(reply.json));
}

/** Where nobody listens. */
export async function aDeadAddress() {
  const wholesaler = await aWholesaler();
  await wholesaler.close();
  return wholesaler.url;
}

export const REFERENCE = '6f1c1a52-9f2c-4e0e-8a38-0c6e3f0f7a11-001';

export function aPurchase(overrides: Partial<BuyRequest> = {}): BuyRequest & { noted: string[] } {
  const noted: string[] = [];
  const noteProviderOrder = async (id: string) => void noted.push(id);
  return { reference: REFERENCE, sku: 'a-sku', noteProviderOrder, noted, ...overrides };
}

export function aLookUp(overrides: Partial<LookUpRequest> = {}): LookUpRequest {
  return {
    reference: REFERENCE,
    sku: 'a-sku',
    providerOrderId: null,
    sentAt: clock.now(),
    isTaken: async () => false,
    noteProviderOrder: async () => undefined,
    ...overrides,
  };
}

/** A look into our own books, or a note in them, that fails. */
export const withoutDatabase = () => Promise.reject(new Error('database is gone'));

export const ICCID = '8910300000000000017';
export const LPA = 'LPA:1$smdp.example.com$ABC-123';

export const aMobiMatterOrder = (overrides = {}) => ({
  orderId: 'MM-1',
  orderState: 'Completed',
  currencyCode: 'USD',
  label: REFERENCE,
  orderLineItem: {
    productId: 'a-sku',
    wholesalePrice: 5.4,
    lineItemDetails: [
      { name: 'LOCAL_PROFILE_ASSISTANT ', value: LPA },
      { name: 'ICCID', value: ICCID },
      { name: 'ACCESS_POINT_NAME', value: 'internet' },
      { name: 'PHONE_NUMBER', value: '' },
    ],
  },
  ...overrides,
});

export const anEsimCardSim = (overrides = {}) => ({
  id: 'sim-1',
  iccid: ICCID,
  status: 'Released',
  last_bundle: 'Europe 1GB',
  created_at: clock.date().toISOString(),
  qr_code_text: LPA,
  apn: 'internet',
  ...overrides,
});
