import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import { bearerExchange, type Exchange } from '../bearer-exchange.js';
import { BearerSession, noToken } from '../bearer-session.js';
import { contentOf, TIMEOUTS, type Timeouts } from '../wire.js';

export const ESIM_CARD_BASE_URL = 'https://portal.esimcard.com/api/developer/reseller';

/** Either `token`, made in the vendor's portal, or `email` and `password`. */
export interface EsimCardOptions {
  /** With the path up to `reseller`. */
  baseUrl?: string | undefined;
  token?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  timeouts?: Partial<Timeouts> | undefined;
  /** Waits before each look at a fresh purchase. */
  pollDelaysMs?: readonly number[] | undefined;
}

const TokenAnswer = z.object({ status: z.literal(true), access_token: z.string().min(1) });

/** eSIM Card's authenticated calls, as they are answered. */
export class EsimCardApi {
  private readonly exchange: Exchange;
  private readonly timeouts: Timeouts;
  /** A token's life is not documented; clients keep one for 50 minutes and more. */
  private readonly session = new BearerSession(() => this.logIn(), 50 * MINUTE);

  constructor(private readonly options: EsimCardOptions) {
    this.exchange = bearerExchange(options.baseUrl ?? ESIM_CARD_BASE_URL);
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
  }

  /** The delayed form of the purchase, as it names the eSIM and the order at once and always. */
  purchase(sku: string) {
    const json = { package_type_id: sku };
    return this.session.call((token) =>
      this.exchange('POST', '/package/purchase/async', this.timeouts.buy, { token, json }),
    );
  }

  read(path: string) {
    return this.session.call((token) => this.exchange('GET', path, this.timeouts.read, { token }));
  }

  private async logIn() {
    const { token: portalToken, email, password } = this.options;
    if (portalToken) return { kind: 'token' as const, token: portalToken };
    const answer = await this.exchange('POST', '/login', this.timeouts.token, { json: { email, password } });
    const token = contentOf(TokenAnswer, answer)?.access_token;
    return token ? { kind: 'token' as const, token } : noToken(answer);
  }
}
