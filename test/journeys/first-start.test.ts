import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail } from '../../src/simulators/mailbox/index.js';
import type { LedgerEntry } from '../../src/simulators/wholesaler/books.js';
import { eventually } from '../support/eventually.js';
import { ShopProcess, freePorts } from '../support/shop-process.js';
import { Visitor } from '../support/visitor.js';

const GOOD_CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
const MAIL_WITHIN_MS = 3000;

const jsonFrom = async <T>(url: string) => (await (await fetch(url)).json()) as T;

describe('The first start, without any settings', function () {
  this.timeout(60_000);
  let folder: string;
  let port: number;
  let shop: ShopProcess;

  const start = async () => {
    shop = await ShopProcess.start(folder, port);
  };
  const mails = (to: string) => jsonFrom<Mail[]>(`${shop.mailbox}/mails.json?to=${to}`);
  const ledger = async () =>
    (await Promise.all(shop.wholesalers.map((url) => jsonFrom<LedgerEntry[]>(`${url}/ledger`)))).flat();

  /** Puts the first plan for Japan into the cart and goes as far as the payment page. */
  async function goToPay(email: string) {
    const buyer = new Visitor(shop.url);
    const slug = (await buyer.get('/destinations/jp')).$('a[href^="/products/"]').first().attr('href')!;
    const plan = await buyer.get(slug);
    await buyer.post('/cart/items', { product_id: String(plan.$('[name=product_id]').val()), quantity: '1' });
    const { location } = await buyer.checkOut({ email });
    return { buyer, payPage: location! };
  }

  const pay = (payPage: string) =>
    fetch(`${payPage}/card`, { method: 'POST', body: new URLSearchParams(GOOD_CARD), redirect: 'manual' });

  async function logIn() {
    const staff = new Visitor(shop.url);
    await staff.post('/login', { ...shop.admin, next: '' });
    return staff;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-start-'));
    port = await freePorts();
    await start();
  });

  after(async () => {
    await shop?.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('opens with a filled catalogue', async () => {
    const home = await new Visitor(shop.url).get('/');
    expect(home.status).to.equal(200);
    expect(home.$('.destinations li').length).to.be.greaterThan(5);
    expect(home.$('.ticket').length).to.be.greaterThan(2);
  });

  it('mails an eSIM within three seconds of the payment', async () => {
    const { buyer, payPage } = await goToPay('alice@example.com');
    const paidAt = performance.now();
    const answer = await pay(payPage);
    const [mail] = await eventually('the mail', async () => {
      const arrived = await mails('alice@example.com');
      return arrived.length > 0 && arrived;
    });
    const tookMs = Math.round(performance.now() - paidAt);
    console.log(`      from payment to mail: ${tookMs} ms`);

    const [bought] = await ledger();
    expect(mail!.text).to.contain(bought!.lpa);
    expect(tookMs).to.be.lessThan(MAIL_WITHIN_MS);
    const page = await buyer.follow(answer.headers.get('Location')!.replace(shop.url, ''));
    expect(page.text).to.contain('Your eSIM is ready').and.contain(bought!.iccid);
  });

  it('lets the printed admin in, who sees the order', async () => {
    const list = await (await logIn()).get('/admin/orders');
    expect(list.status).to.equal(200);
    expect(list.text).to.contain('alice@example.com').and.contain('completed');
  });

  it('ends in order, and starts again with the same orders and the same login', async () => {
    const { admin } = shop;
    expect(await shop.end('SIGTERM')).to.equal(0);
    await start();
    expect(shop.admin).to.deep.equal(admin);
    expect((await (await logIn()).get('/admin/orders')).text).to.contain('alice@example.com');
    expect(await ledger()).to.have.length(1);
    expect(await mails('alice@example.com')).to.have.length(1);
  });

  it('completes exactly once what a kill interrupted in the middle of the purchase', async () => {
    const { buyer, payPage } = await goToPay('bob@example.com');
    // The wholesaler sells, and its answer never comes.
    for (const wholesaler of shop.wholesalers) {
      const body = JSON.stringify({ fault: 'hang-bought', times: 1 });
      await fetch(`${wholesaler}/faults`, {
        method: 'PUT',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
    }
    const answer = await pay(payPage);
    await eventually('the wholesaler sells', async () => (await ledger()).length === 2);
    await shop.end('SIGKILL');
    await start();

    const [mail] = await eventually(
      'the mail',
      async () => {
        const arrived = await mails('bob@example.com');
        return arrived.length > 0 && arrived;
      },
      15_000,
    );
    const bought = await ledger();
    expect(bought).to.have.length(2);
    expect(mail!.text).to.contain(bought.at(-1)!.lpa);
    expect(await mails('bob@example.com')).to.have.length(1);
    const page = await buyer.follow(answer.headers.get('Location')!.replace(shop.url, ''));
    expect(page.text).to.contain('Your eSIM is ready').and.contain(bought.at(-1)!.iccid);
  });
});
