import { MINUTE, SECOND } from '../../lib/clock.js';
import { exchangeJson } from '../../lib/http.js';
import { MAX_BYTES, TIMEOUTS, withoutSlash, type Timeouts } from '../wire.js';

export const MOBIMATTER_BASE_URL = 'https://api.mobimatter.com/mobimatter/api/v2';

export interface MobiMatterOptions {
  /** With the version. */
  baseUrl?: string | undefined;
  apiKey: string;
  merchantId: string;
  timeouts?: Partial<Timeouts> | undefined;
}

/** MobiMatter's calls, as they are answered. */
export class MobiMatterApi {
  private readonly baseUrl: string;
  private readonly timeouts: Timeouts;

  constructor(private readonly options: MobiMatterOptions) {
    this.baseUrl = withoutSlash(options.baseUrl ?? MOBIMATTER_BASE_URL);
    // Completing takes tens of seconds with some operators.
    this.timeouts = { ...TIMEOUTS, buy: 2 * MINUTE, ...options.timeouts };
  }

  /** The longest that creating and completing an order may keep us waiting. */
  get purchaseMs() {
    return this.createMs + this.timeouts.buy;
  }

  /** Holds the price in the wallet; nothing is charged, and the hold expires by itself. */
  createOrder(json: object) {
    return this.exchange('POST', '/order', this.createMs, json);
  }

  /** Charges: this is the call that buys. */
  completeOrder(orderId: string) {
    return this.exchange('PUT', '/order/complete', this.timeouts.buy, { orderId });
  }

  cancelOrder(orderId: string, reason: string) {
    return this.exchange('PUT', '/order/cancel', this.timeouts.read, { orderId, reason });
  }

  read(path: string) {
    return this.exchange('GET', path, this.timeouts.read);
  }

  private get createMs() {
    return Math.min(30 * SECOND, this.timeouts.buy);
  }

  private exchange(method: 'GET' | 'POST' | 'PUT', path: string, timeoutMs: number, json?: object) {
    return exchangeJson({
      method,
      url: `${this.baseUrl}${path}`,
      headers: { 'api-key': this.options.apiKey, merchantId: this.options.merchantId },
      json,
      timeoutMs,
      maxBytes: MAX_BYTES,
    });
  }
}
