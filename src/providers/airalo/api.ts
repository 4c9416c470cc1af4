import { z } from 'zod';
import { HOUR } from '../../lib/clock.js';
import { bearerExchange, type Exchange } from '../bearer-exchange.js';
import { BearerSession, noToken } from '../bearer-session.js';
import { contentOf, TIMEOUTS, type Timeouts } from '../wire.js';

export const AIRALO_BASE_URL = 'https://partners-api.airalo.com/v2';

export interface AiraloOptions {
  /** With the version. */
  baseUrl?: string | undefined;
  clientId: string;
  clientSecret: string;
  timeouts?: Partial<Timeouts> | undefined;
}

const TokenAnswer = z.object({ data: z.object({ access_token: z.string().min(1) }) });

/** Airalo's authenticated calls, as they are answered. */
export class AiraloApi {
  private readonly exchange: Exchange;
  private readonly timeouts: Timeouts;
  /** The vendor says a token lives 24 h, and allows three log-ins a minute. */
  private readonly session = new BearerSession(() => this.logIn(), 23 * HOUR);

  constructor(private readonly options: AiraloOptions) {
    this.exchange = bearerExchange(options.baseUrl ?? AIRALO_BASE_URL);
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
  }

  submitOrder(json: object) {
    return this.session.call((token) => this.exchange('POST', '/orders', this.timeouts.buy, { token, json }));
  }

  read(path: string) {
    return this.session.call((token) => this.exchange('GET', path, this.timeouts.read, { token }));
  }

  private async logIn() {
    const { clientId, clientSecret } = this.options;
    const json = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
    const answer = await this.exchange('POST', '/token', this.timeouts.token, { json });
    const token = contentOf(TokenAnswer, answer)?.data.access_token;
    return token ? { kind: 'token' as const, token } : noToken(answer);
  }
}
