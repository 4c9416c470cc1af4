import { Agent, request, type IncomingMessage } from 'node:http';
import { onSqlite } from '../../src/database.js';
import { newToken } from '../../src/lib/ids.js';
import type { Product } from '../../src/models/index.js';
import type { Rival } from './rivals.js';

/** What one of a crowd looks at on a page. */
export interface Answer {
  status: number;
  location: string;
  /** The sentence that says why not, or nothing. */
  refusal: string;
  /** The Stripe session that the answer leads to, or nothing. */
  session: string;
}

/** A hundred of a crowd are in the shop at once, on lines that stay open. */
const lines = new Agent({ keepAlive: true, maxSockets: onSqlite ? 100 : 25 });

let crowd = 0;

/** One of a crowd: a session, an address and an e-mail of its own, each request to another of the shop's processes. */
export class Buyer {
  private readonly number = (crowd += 1);
  readonly email = `buyer${this.number}@example.com`;
  private requests = this.number;
  private cookie = '';

  constructor(private readonly shops: readonly Pick<Rival, 'url'>[]) {}

  put(plan: Product, quantity = 1) {
    return this.post('/cart/items', { product_id: plan.id, quantity: String(quantity) });
  }

  enter(code: string) {
    return this.post('/cart/coupon', { code });
  }

  checkOut({ formKey = newToken(), email = this.email } = {}) {
    return this.post('/checkout', {
      form_key: formKey,
      email,
      name: '',
      phone: '',
      payment_method: 'card',
      consent: 'yes',
    });
  }

  post(path: string, form: Record<string, string>) {
    return this.ask('POST', path, new URLSearchParams(form).toString());
  }

  get(path: string) {
    return this.ask('GET', path, '');
  }

  private ask(method: string, path: string, body: string): Promise<Answer> {
    const shop = this.shops[(this.requests += 1) % this.shops.length]!;
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body),
      'Sec-Fetch-Site': 'same-origin',
      'X-Forwarded-For': `198.19.${(this.number >> 8) & 255}.${this.number & 255}`,
      ...(this.cookie && { Cookie: this.cookie }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, shop.url), { method, agent: lines, headers }, (answer) => {
        this.remember(answer);
        read(answer).then(resolve, reject);
      });
      asked.once('error', reject).end(body);
    });
  }

  private remember({ headers }: IncomingMessage) {
    const given = headers['set-cookie']?.[0]?.split(';')[0];
    if (given) this.cookie = given;
  }
}

async function read(answer: IncomingMessage): Promise<Answer> {
  let page = '';
  for await (const part of answer.setEncoding('utf8')) page += String(part);
  const location = answer.headers.location ?? '';
  return {
    status: answer.statusCode!,
    location,
    refusal: /role="alert"[^>]*>\s*<p>([^<]*)/.exec(page)?.[1] ?? '',
    session: /cs_[A-Za-z0-9_]+/.exec(location)?.[0] ?? '',
  };
}
