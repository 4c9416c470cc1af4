import { SIMULATOR_CREDENTIALS, startWholesalers } from '../../src/simulators/start-wholesalers.js';

export type Wholesalers = Awaited<ReturnType<typeof startWholesalers>>;
export type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- foreign JSON, looked at by hand

export interface Reply {
  status: number;
  headers: Headers;
  body: Json;
}

export const open = () => startWholesalers();

export async function shut(wholesalers: Wholesalers) {
  await Promise.all(Object.values(wholesalers).map((wholesaler) => wholesaler.close()));
}

/** A caller of one API: `ask('PUT', '/order/complete', { orderId })`. */
export function callerOf(baseUrl: string, headers: Record<string, string> = {}) {
  return async (method: string, path: string, input?: unknown): Promise<Reply> => {
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    const response = await fetch(baseUrl + path, {
      method,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      ...body,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
}

export async function airaloCaller({ airalo }: Wholesalers) {
  const { clientId, clientSecret } = SIMULATOR_CREDENTIALS.airalo;
  const { body } = await callerOf(airalo.baseUrl)('POST', '/token', {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
  });
  return callerOf(airalo.baseUrl, { Authorization: `Bearer ${body['data'].access_token}` });
}

export function mobiMatterCaller({ mobiMatter }: Wholesalers) {
  const { apiKey, merchantId } = SIMULATOR_CREDENTIALS.mobiMatter;
  return callerOf(mobiMatter.baseUrl, { 'api-key': apiKey, merchantId });
}

export function esimCardCaller({ esimCard }: Wholesalers) {
  return callerOf(esimCard.baseUrl, { Authorization: `Bearer ${SIMULATOR_CREDENTIALS.esimCard.token}` });
}

export type Caller = ReturnType<typeof callerOf>;

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

export function passesLuhn(iccid: string) {
  const digits = iccid.split('').toReversed().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const value = place % 2 === 0 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
