import { world } from './environment.js';
import { sized } from './figures.js';
import type { Chance } from './kill-chance.js';
import type { Market } from './kill-market.js';
import type { Promises } from './kill-promises.js';
import type { KilledShop } from './kill-shop.js';
import { makeTrouble } from './kill-trouble.js';
import { Visitor, type Page } from './visitor.js';

const DECLINED = '4000000000000002';
/** A refund to it is pending for a while. */
const SLOW_TO_REFUND = '4000000000007726';
const TROUBLE = 0.25;
const WAITS_FOR_MAIL_MS = sized(1500, 10_000);

let customers = 0;

/** Somebody who buys once, and who sends the same form again when the line breaks. */
export class Customer {
  private readonly visitor: Visitor;
  private readonly email = `customer${(customers += 1)}@example.com`;

  constructor(
    private readonly shop: KilledShop,
    private readonly market: Market,
    private readonly told: Promises,
    private readonly chance: Chance,
  ) {
    this.visitor = new Visitor(shop.url);
  }

  async buys() {
    await this.fillCart();
    if (this.chance.happens(TROUBLE)) makeTrouble(this.chance);
    const session = await this.checkOut();
    if (session) await this.decide(session);
  }

  private async fillCart() {
    const { plans, coupons } = this.market;
    for (let left = 1 + this.chance.below(2); left > 0; left -= 1) {
      const [plan, quantity] = [this.chance.pick(plans), 1 + this.chance.below(2)];
      await this.insist(() => this.visitor.put(plan, quantity));
    }
    if (this.chance.happens(0.4)) {
      const { code } = this.chance.pick(coupons);
      await this.insist(() => this.visitor.post('/cart/coupon', { code }));
    }
  }

  /** As far as Stripe's page; null when the cart is sold out, or when there is nothing to pay. */
  private async checkOut(): Promise<string | null> {
    const first = await this.sendForm();
    if (!isRefusal(first)) return this.note(first);
    // The coupon may be used up: once more without it.
    await this.insist(() => this.visitor.post('/cart/coupon/removal', {}));
    const second = await this.sendForm();
    return isRefusal(second) ? null : this.note(second);
  }

  private async sendForm(): Promise<Page> {
    const page = await this.insist(() => this.visitor.get('/checkout'));
    const form_key = String(page.$('input[name=form_key]').val() ?? '');
    const form = { form_key, email: this.email, name: '', phone: '', payment_method: 'card', consent: 'yes' };
    const send = () => this.visitor.post('/checkout', form);
    if (!this.chance.happens(0.2)) return this.insist(send);
    const [answer, twin] = await this.insist(() => Promise.all([send(), send()]));
    if (answer.location !== twin.location)
      throw new Error(`A double click led to ${answer.location} and to ${twin.location}`);
    return answer;
  }

  private note({ status, location, text }: Page): string | null {
    const session = /cs_[A-Za-z0-9_]+/.exec(location ?? '')?.[0];
    const free = /purchase=([a-z0-9]+)/.exec(location ?? '')?.[1];
    if (session) this.told.sessions.add(session);
    else if (free) this.told.free.add(free);
    else throw new Error(`The checkout led nowhere: ${status} ${location} ${text.slice(0, 300)}`);
    return session ?? null;
  }

  private async decide(session: string): Promise<void> {
    switch (this.chance.weigh({ pays: 78, changesMind: 8, leaves: 7, sessionExpires: 7 })) {
      case 'pays':
        return this.pay(session);
      case 'changesMind': {
        const plan = this.chance.pick(this.market.plans);
        await this.insist(() => this.visitor.put(plan));
        const another = await this.checkOut();
        return another ? this.pay(another) : undefined;
      }
      case 'sessionExpires':
        return void world.stripe.expire(session);
      case 'leaves':
        return;
    }
  }

  private async pay(session: string) {
    if (this.chance.happens(0.1)) world.stripe.pay(session, DECLINED);
    world.stripe.pay(session, this.chance.happens(0.2) ? SLOW_TO_REFUND : undefined);
    switch (this.chance.weigh({ returns: 4, waitsForMail: 2, leaves: 4 })) {
      case 'returns':
        await this.look(`/checkout/return?session_id=${session}`);
        return this.followMail();
      case 'waitsForMail':
        return this.followMail();
      case 'leaves':
        return;
    }
  }

  private async followMail() {
    const mine = world.mailbox.waitFor(({ to }) => to.includes(this.email), WAITS_FOR_MAIL_MS);
    const link = /\/orders\/\S+/.exec((await mine.catch(() => null))?.text ?? '')?.[0];
    if (link) await this.look(link);
  }

  private async look(path: string) {
    let page = await this.insist(() => this.visitor.get(path));
    let at = path;
    while (page.location) {
      at = page.location;
      page = await this.insist(() => this.visitor.get(at));
    }
    const order = /^\/orders\/([0-9a-f-]{36})/.exec(at)?.[1];
    const codes = page
      .$('.codes dd')
      .toArray()
      .map((code) => page.$(code).text());
    const iccid = codes.find((code) => /^89\d{16,17}$/.test(code));
    if (order && iccid) this.told.esims.set(order, iccid);
  }

  /** Like a person: when the line breaks, or the shop asks to try again, the same once more. */
  private async insist<Answer extends Page | Page[]>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await ask().catch(unlessBroken);
      const pages = [answer ?? []].flat();
      const failed = pages.find((page) => page.status >= 400 && !isRefusal(page) && page.status !== 503);
      if (failed) throw new Error(`${failed.status}: ${failed.text.slice(0, 300)}\n${this.shop.lastWords()}`);
      if (answer && pages.every(({ status }) => status !== 503)) return answer;
      await this.shop.welcomes();
    }
  }
}

/** Sold out, used up, too many: a customer can do something about it. */
const isRefusal = ({ status }: Page) => status === 409 || status === 422;

/** What `fetch` says when the other side is gone, before or amid its answer. */
function unlessBroken(error: Error) {
  if (!['fetch failed', 'terminated'].includes(error.message)) throw error;
  return null;
}
