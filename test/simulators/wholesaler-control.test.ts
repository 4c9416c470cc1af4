import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWholesalers } from '../../src/simulators/start-wholesalers.js';
import { airaloCaller, callerOf, mobiMatterCaller, open, shut, type Wholesalers } from './shop.js';

const JAPAN = { package_id: 'japan-7days-1gb', quantity: 1, description: '<b>ORD-1</b>' };

describe('Control of a simulated wholesaler', () => {
  let wholesalers: Wholesalers;

  before(async () => {
    wholesalers = await open();
  });
  afterEach(() => wholesalers.airalo.reset());
  after(() => shut(wholesalers));

  const control = (method: string, path: string, input?: unknown) =>
    callerOf(wholesalers.airalo.controlUrl)(method, path, input);
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(wholesalers.airalo.controlUrl + path, { method: 'POST', body: new URLSearchParams(fields) });
  const page = async () => (await fetch(wholesalers.airalo.controlUrl)).text();

  it('switches faults on and off from another process', async () => {
    const ask = await airaloCaller(wholesalers);

    await control('PUT', '/faults', { fault: 'sold-out', sku: JAPAN.package_id, times: 2 });
    expect((await ask('POST', '/orders', JAPAN)).status).to.equal(422);
    expect((await control('GET', '/faults')).body['faults']).to.deep.equal([
      { fault: 'sold-out', sku: JAPAN.package_id, times: 1 },
    ]);

    await control('DELETE', '/faults');
    expect((await ask('POST', '/orders', JAPAN)).status).to.equal(200);
  });

  it('refuses faults it does not know', async () => {
    expect((await control('PUT', '/faults', { fault: 'fire' })).status).to.equal(400);
    expect((await control('PUT', '/faults', { fault: 'create-timeout' })).status).to.equal(400);
    expect((await control('PUT', '/faults', { fault: 'slow', times: 0 })).status).to.equal(400);
  });

  it('tells the ledger, sets the balance and starts over', async () => {
    const ask = await airaloCaller(wholesalers);
    const { body } = await ask('POST', '/orders', JAPAN);

    const ledger = (await control('GET', '/ledger')).body as unknown[];
    expect(ledger).to.deep.equal(wholesalers.airalo.ledger());
    expect(ledger[0]).to.deep.include({
      providerOrderId: String(body['data'].id),
      reference: JAPAN.description,
      iccid: body['data'].sims[0].iccid,
    });

    await control('PUT', '/balance', { minor: 4200 });
    expect(wholesalers.airalo.balanceMinor()).to.equal(4200);
    await control('DELETE', '/ledger');
    expect(wholesalers.airalo.ledger()).to.deep.equal([]);
  });

  it('shows a person the purchases, escaped', async () => {
    const ask = await airaloCaller(wholesalers);
    await ask('POST', '/orders', JAPAN);

    const html = await page();

    expect(html).to.include('&lt;b&gt;ORD-1&lt;/b&gt;').and.not.include('<b>ORD-1');
    expect(html).to.include(wholesalers.airalo.ledger()[0]?.iccid);
  });

  it('lets a person switch a fault on and off with a form', async () => {
    const response = await submit('/faults', {
      fault: 'delayed',
      sku: '<i>',
      times: '',
      ms: '',
      lookUps: '3',
    });
    expect(response.url).to.equal(wholesalers.airalo.controlUrl);
    expect(await page())
      .to.include('delayed, sku &lt;i&gt;, lookUps 3')
      .and.not.include('<i>');

    await submit('/faults/removal', { fault: 'delayed' });
    expect(await page()).not.to.include('lookUps 3');
  });

  it('keeps its books over a restart when it has a journal', async () => {
    const journalDir = await mkdtemp(join(tmpdir(), 'wholesalers-'));
    const first = await startWholesalers({ journalDir });
    const { body } = await mobiMatterCaller(first)('POST', '/order', { productId: 'MM-JP-17' });
    const { orderId } = body['result'];
    first.mobiMatter.setBalance(5000);
    await shut(first);

    const second = await startWholesalers({ journalDir });
    const completed = await mobiMatterCaller(second)('PUT', '/order/complete', { orderId });

    expect(completed.body['result'].orderState).to.equal('Completed');
    expect(second.mobiMatter.balanceMinor()).to.equal(5000);
    expect(second.mobiMatter.ledger()).to.have.length(1);
    await shut(second);
    await rm(journalDir, { recursive: true });
  });
});
