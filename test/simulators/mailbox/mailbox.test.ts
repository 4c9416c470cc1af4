import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { expect } from 'chai';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { startMailbox, type Mailbox } from '../../../src/simulators/mailbox/index.js';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const aMail = (overrides: SendMailOptions = {}): SendMailOptions => ({
  from: 'NumnaRoad <shop@example.com>',
  to: 'ana@example.com',
  subject: 'Your eSIM',
  text: 'Here it is.',
  ...overrides,
});

const sendTo = (mailbox: Mailbox, overrides?: SendMailOptions) =>
  createTransport(mailbox.smtpUrl).sendMail(aMail(overrides));

describe('The simulated mailbox', () => {
  let mailbox: Mailbox;

  before(async () => {
    mailbox = await startMailbox();
  });
  beforeEach(() => mailbox.clear());
  after(() => mailbox.close());

  const send = (overrides?: SendMailOptions) => sendTo(mailbox, overrides);
  const failure = async () => (await send().catch((error: unknown) => error)) as { responseCode?: number };
  const visit = (path: string) => fetch(mailbox.url + path);

  it('keeps what was sent', async () => {
    await send({ messageId: '<order-7@numnaroad>', bcc: 'boris@example.com', headers: { 'X-Order': '7' } });

    const [mail] = mailbox.mails();
    expect(mail).to.include({ subject: 'Your eSIM', messageId: '<order-7@numnaroad>', html: null });
    expect(mail!.to).to.deep.equal(['ana@example.com', 'boris@example.com']);
    expect(mail!.from).to.contain('shop@example.com');
    expect(mail!.text).to.contain('Here it is.');
    expect(mail!.headers).to.include({ 'x-order': '7' });
  });

  it('waits for a mail that is still to come', async () => {
    const waiting = mailbox.waitFor(({ subject }) => subject === 'Later');
    await send();
    await send({ subject: 'Later' });

    expect((await waiting).subject).to.equal('Later');
    expect((await mailbox.waitFor(({ to }) => to.includes('ana@example.com'))).subject).to.equal('Your eSIM');
  });

  it('says what is there when the mail does not come', async () => {
    await send();
    const error = (await mailbox.waitFor(() => false, 20).catch((reason: unknown) => reason)) as Error;

    expect(error.message).to.contain('ana@example.com: Your eSIM');
  });

  it('lists mails, the newest first', async () => {
    await send({ subject: '<b>First</b>' });
    await send({ subject: 'Second', to: 'boris@example.com' });

    const $ = load(await (await visit('/')).text());
    expect(
      $('td a')
        .toArray()
        .map((link) => $(link).text()),
    ).to.deep.equal(['Second', '<b>First</b>']);
    const mine = (await (await visit('/mails.json?to=boris@example.com')).json()) as { subject: string }[];
    expect(mine.map(({ subject }) => subject)).to.deep.equal(['Second']);
  });

  it('shows the HTML part with its images but without its scripts', async () => {
    const html = '<p>Scan</p><img src="cid:qr"><script>alert(1)</script>';
    await send({ html, attachments: [{ filename: 'qr.png', content: PIXEL, cid: 'qr' }] });
    const { id } = mailbox.mails()[0]!;

    const $ = load(await (await visit(`/mails/${id}`)).text());
    expect($('iframe').attr('src')).to.equal(`/mails/${id}/html`);
    expect($('pre').text()).to.contain('Here it is.');
    const part = await visit(`/mails/${id}/html`);
    expect(part.headers.get('content-security-policy'))
      .to.contain("default-src 'none'")
      .and.contain('sandbox');
    expect(await part.text()).to.contain(`src="data:image/png;base64,${PIXEL.toString('base64')}"`);
  });

  it('hands out attachments and the mail as JSON', async () => {
    await send({ attachments: [{ filename: 'invoice.txt', content: 'Paid' }] });
    const { id } = mailbox.mails()[0]!;

    const file = await visit(`/mails/${id}/attachments/0`);
    expect(file.headers.get('content-disposition')).to.contain('invoice.txt');
    expect(await file.text()).to.equal('Paid');
    expect(await (await visit(`/mails/${id}.json`)).json()).to.deep.equal(mailbox.mails()[0]);
    expect((await visit('/mails/nobody')).status).to.equal(404);
    expect((await visit(`/mails/${id}/attachments/1`)).status).to.equal(404);
  });

  for (const [fault, code] of [
    ['down', 421],
    ['reject-451', 451],
    ['reject-550', 550],
  ] as const) {
    it(`can refuse a mail: ${fault}`, async () => {
      mailbox.fault(fault, 1);
      expect((await failure()).responseCode).to.equal(code);
      expect(mailbox.mails()).to.deep.equal([]);

      await send();
      expect(mailbox.mails()).to.have.length(1);
    });
  }

  it('can hang up before it has the mail, and after', async () => {
    mailbox.fault('drop-before-data');
    expect(await failure()).to.be.instanceOf(Error);
    expect(mailbox.mails()).to.deep.equal([]);

    mailbox.fault('drop-after-data');
    expect(await failure()).to.be.instanceOf(Error);
    expect(mailbox.mails()).to.have.length(1);
  });

  it('takes faults and a reset from another process', async () => {
    const order = (path: string, body: object) => {
      const headers = { 'Content-Type': 'application/json' };
      return fetch(`${mailbox.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body), headers });
    };
    await order('faults', { fault: 'reject-550' });
    expect((await failure()).responseCode).to.equal(550);
    expect((await order('faults', { fault: 'banana' })).status).to.equal(400);

    await send();
    await order('reset', {});
    expect(mailbox.mails()).to.deep.equal([]);
  });

  it('keeps the last 500 mails', async () => {
    const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxMessages: Infinity });
    const subjects = Array.from({ length: 510 }, (_, n) => `Mail ${n}`);
    for (const subject of subjects) await transport.sendMail(aMail({ subject }));
    transport.close();

    expect(mailbox.mails().map(({ subject }) => subject)).to.deep.equal(subjects.slice(-500));
  });

  it('survives a restart when it keeps a journal', async () => {
    const journalDir = mkdtempSync(join(tmpdir(), 'mailbox-'));
    const first = await startMailbox({ journalDir });
    await sendTo(first);
    await first.close();

    const second = await startMailbox({ journalDir });
    expect(second.mails()[0]).to.include({ subject: 'Your eSIM' });
    await second.close();
    rmSync(journalDir, { recursive: true });
  });
});
