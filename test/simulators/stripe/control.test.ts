import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { expect } from 'chai';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, anItem, aShop, clientOf, failure } from './support.js';

describe('The control desk of the payment simulator', () => {
  let sim: StripeSimulator;

  before(async () => {
    sim = await startStripe();
  });
  beforeEach(() => sim.reset());
  after(() => sim.close());

  const create = (overrides = {}) => clientOf(sim).checkout.sessions.create(aSession(overrides));
  const read = async <T>(path: string) => (await (await fetch(`${sim.url}/control${path}`)).json()) as T;

  async function order(path: string, body: object = {}) {
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', body: JSON.stringify(body), headers };
    const answer = await fetch(`${sim.url}/control${path}`, init);
    return { status: answer.status, result: await answer.json() };
  }

  it('pays, tampers and expires for another process', async () => {
    const first = await create();
    const second = await create();
    await order(`/sessions/${first.id}/payments`, { card: '4242424242424242' });
    await order(`/sessions/${first.id}/tampering`, { amount_total: 1 });
    await order(`/sessions/${second.id}/expiry`);

    const { sessions } = await read<ReturnType<StripeSimulator['ledger']>>('/ledger');
    expect(sessions[0]).to.include({ status: 'complete', amount_total: 1, currency: 'eur' });
    expect(sessions[1]).to.include({ status: 'expired' });
  });

  it('holds events back and delivers or forges them', async () => {
    const shop = await aShop();
    await order('/webhook-endpoint', { url: shop.url, secret: 'whsec_x' });
    await order('/webhooks', { mode: 'held' });
    sim.pay((await create()).id);

    const [event] = await read<{ id: string }[]>('/events');
    expect((await order(`/events/${event!.id}/deliveries`, { times: 2 })).result).to.deep.equal([200, 200]);
    expect((await order(`/events/${event!.id}/forgeries`, { forgery: 'wrong-secret' })).result).to.equal(200);
    expect((await order('/deliveries')).result).to.deep.equal([200, 200]);
    shop.close();
  });

  it('orders faults and lifts them', async () => {
    await order('/faults', { fault: 'down' });
    expect(await failure(create())).to.include({ statusCode: 503 });
    await order('/faults/removal', { fault: 'down' });
    expect((await create()).status).to.equal('open');
  });

  it('refuses what it does not understand', async () => {
    expect((await order('/faults', { fault: 'banana' })).status).to.equal(400);
    expect((await order('/sessions/cs_test_nobody/expiry')).status).to.equal(404);
  });

  it('is a page with buttons, and nothing on it is taken for HTML', async () => {
    const session = await create({ customer_email: 'a&b@example.com', line_items: [anItem(450, 'jpy')] });
    const $ = load(await (await fetch(`${sim.url}/control`)).text());
    expect($('section').text()).to.contain('¥900').and.contain('a&b@example.com');

    const action = $(`form[action$="${session.id}/expiry"]`).attr('action')!;
    const headers = { Accept: 'text/html' };
    const pressed = await fetch(`${sim.url}${action}`, { method: 'POST', headers, redirect: 'manual' });
    expect(pressed.status).to.equal(303);
    expect(sim.ledger().sessions[0]?.status).to.equal('expired');
  });

  it('forgets everything when told to', async () => {
    sim.pay((await create()).id);
    await order('/reset');

    expect(sim.ledger()).to.deep.equal({
      sessions: [],
      disputes: [],
      paymentIntents: [],
      charges: [],
      refunds: [],
    });
    expect(sim.events()).to.deep.equal([]);
  });

  it('survives a restart when it keeps a journal', async () => {
    const journalDir = mkdtempSync(join(tmpdir(), 'stripe-'));
    const first = await startStripe({ journalDir });
    const createOnce = () => clientOf(first).checkout.sessions.create(aSession(), { idempotencyKey: 'cs:1' });
    const { id } = await createOnce();
    first.pay(id);
    const { port } = first;
    await first.close();

    const restarted = await startStripe({ journalDir, port });
    expect(restarted.ledger().sessions[0]).to.include({ id, payment_status: 'paid' });
    expect(restarted.events()).to.have.length(3);
    expect((await createOnce()).id).to.equal(id);
    await restarted.close();
    rmSync(journalDir, { recursive: true });
  });
});
