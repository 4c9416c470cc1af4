import { expect } from 'chai';
import { exchangeJson } from '../../src/lib/http.js';
import { aDeadAddress, aWholesaler, type Reply, type Wholesaler } from './support.js';

describe('An HTTP exchange', () => {
  let there: Wholesaler;
  beforeEach(async () => (there = await aWholesaler()));
  afterEach(() => there.close());

  const exchange = (overrides: { url?: string; timeoutMs?: number; maxBytes?: number } = {}) =>
    exchangeJson({
      method: 'POST',
      url: `${there.url}/`,
      headers: { 'X-Key': 'k' },
      json: { a: 1 },
      timeoutMs: 1000,
      maxBytes: 1000,
      ...overrides,
    });
  const whenAnswered = (reply: Reply) => (there.script = { 'POST /': reply });

  it('sends JSON and reads JSON', async () => {
    whenAnswered({ status: 422, json: { b: 2 } });

    expect(await exchange()).to.deep.include({ kind: 'answered', status: 422, body: { b: 2 } });
    expect(there.calls[0]!.body).to.deep.equal({ a: 1 });
    expect(there.calls[0]!.headers).to.include({ 'x-key': 'k', accept: 'application/json' });
  });

  it('hands on an answer that is no JSON as text', async () => {
    whenAnswered({ text: '<html>' });

    expect(await exchange()).to.deep.include({ kind: 'answered', text: '<html>', body: undefined });
  });

  it('does not follow a redirect', async () => {
    whenAnswered({ status: 307, text: '', headers: { Location: `${there.url}/elsewhere` } });

    expect(await exchange()).to.include({ kind: 'answered', status: 307 });
    expect(there.calls).to.have.length(1);
  });

  for (const reply of ['reset', 'hang', 'cut short'] as const) {
    it(`calls an exchange lost that ends in: ${reply}`, async () => {
      whenAnswered(reply);

      expect((await exchange({ timeoutMs: 100 })).kind).to.equal('lost');
      expect(there.calls).to.have.length(1);
    });
  }

  it('stops reading an answer beyond its limit', async () => {
    whenAnswered({ text: 'x'.repeat(1001) });

    expect(await exchange()).to.deep.equal({ kind: 'lost', message: 'no answer (AnswerTooLong)' });
  });

  it('knows that nothing was sent where nobody listens', async () => {
    expect(await exchange({ url: await aDeadAddress() })).to.deep.equal({
      kind: 'not_sent',
      message: 'no answer (ECONNREFUSED)',
    });
  });

  it('knows that nothing was sent to a host without a name or without TLS', async () => {
    const tls = there.url.replace('http:', 'https:');

    expect((await exchange({ url: 'http://nowhere.invalid/' })).kind).to.equal('not_sent');
    expect((await exchange({ url: tls })).kind).to.equal('not_sent');
  });

  it('does not quote a header in its message', async () => {
    const answer = await exchangeJson({
      method: 'GET',
      url: there.url,
      headers: { Authorization: 'secret\n' },
      timeoutMs: 100,
      maxBytes: 10,
    });

    expect(JSON.stringify(answer)).not.to.include('secret');
  });

  it('uses the fetch of the moment', async () => {
    const original = globalThis.fetch;
    globalThis.fetch = async () => new Response('{"from":"stand-in"}');
    try {
      expect(await exchange()).to.deep.include({ body: { from: 'stand-in' } });
    } finally {
      globalThis.fetch = original;
    }
  });
});
