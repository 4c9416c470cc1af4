import { load } from 'cheerio';
import type { Product } from '../../src/models/index.js';
import { shopUrl } from './environment.js';

/** What a page answered: its status, where it leads, and its content to look into. */
export interface Page {
  status: number;
  location: string | null;
  headers: Headers;
  html: string;
  $: ReturnType<typeof load>;
  /** The words on the page. */
  text: string;
}

const CHECKOUT = {
  email: 'alice@example.com',
  name: 'Alice',
  phone: '',
  payment_method: 'card',
  consent: 'yes',
};

let visitors = 0;

/** Everybody comes from an address of their own, as the proxy in front of the shop reports it. */
function anAddress() {
  visitors += 1;
  return `198.18.${visitors >> 8}.${visitors & 255}`;
}

/** Somebody at a browser without JavaScript: keeps cookies, sends forms as browsers do, and follows no redirect unasked. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly shop = shopUrl,
    readonly address = anAddress(),
  ) {}

  async request(path: string, init: RequestInit = {}): Promise<Page> {
    const url = new URL(path, this.shop);
    const headers = new Headers(init.headers);
    headers.set('X-Forwarded-For', this.address);
    if (this.cookies.size > 0) headers.set('Cookie', this.cookie());
    const answer = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
      this.cookies.set(name!, value!);
    }
    const html = await answer.text();
    const $ = load(html);
    const text = $('body').text().replace(/\s+/g, ' ').trim();
    return {
      status: answer.status,
      location: answer.headers.get('Location'),
      headers: answer.headers,
      html,
      $,
      text,
    };
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.request(path, { headers });
  }

  post(path: string, form: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(form);
    return this.request(path, {
      method: 'POST',
      body,
      headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
    });
  }

  /** A form with files, as `multipart/form-data`. */
  send(path: string, body: FormData, headers: Record<string, string> = {}) {
    return this.request(path, {
      method: 'POST',
      body,
      headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
    });
  }

  cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes a cookie line for its own, as a thief would. */
  keep(cookie: string) {
    for (const pair of cookie.split('; ')) {
      const [name, value] = pair.split(/=(.*)/s);
      this.cookies.set(name!, value!);
    }
  }

  /** The same browser, which keeps what it has whatever comes of the visit. */
  twin(): Visitor {
    const twin = new Visitor(this.shop, this.address);
    twin.keep(this.cookie());
    return twin;
  }

  hasCookies() {
    return this.cookies.size > 0;
  }

  put(product: Product, quantity = 1) {
    return this.post('/cart/items', { product_id: product.id, quantity: String(quantity) });
  }

  /** Opens the checkout and sends its form, filled in as told. */
  async checkOut(
    form: Partial<typeof CHECKOUT & { form_key: string; code_delivery: string }> = {},
  ): Promise<Page> {
    const page = await this.get('/checkout');
    const form_key = String(page.$('input[name=form_key]').val() ?? '');
    return this.post('/checkout', { form_key, ...CHECKOUT, ...form });
  }

  /** Checks out and gives the id of the Stripe session that the answer leads to. */
  async startPaying(form: Parameters<Visitor['checkOut']>[0] = {}): Promise<string> {
    const answer = await this.checkOut(form);
    const session = /(cs_[A-Za-z0-9_]+)/.exec(answer.location ?? '')?.[1];
    if (!session)
      throw new Error(`No way to Stripe: ${answer.status} ${answer.location} ${answer.text.slice(0, 300)}`);
    return session;
  }

  /** Follows redirects inside the shop to the page at their end. */
  async follow(path: string): Promise<Page> {
    let page = await this.get(path);
    while (page.location?.startsWith('/')) page = await this.get(page.location);
    return page;
  }
}
