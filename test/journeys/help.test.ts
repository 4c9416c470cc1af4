import { expect } from 'chai';
import { PHONES } from '../../src/help/phones/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor, type Page } from '../support/visitor.js';

const visitor = new Visitor();
const HTMX = { 'HX-Request-Type': 'partial' };
const GUIDES = ['iphone', 'samsung', 'pixel'];

const check = (model: string, headers = {}) =>
  visitor.get(`/help/compatibility?${new URLSearchParams({ model }).toString()}`, headers);
const answer = (page: Page) => page.$('.status-title').text();

describe('The help pages', () => {
  it('answer what people look for, and lead nowhere that is not there', async () => {
    const page = await visitor.get('/help');
    for (const question of [
      'QR code did not arrive',
      'No internet',
      'no longer valid',
      'WhatsApp',
      'money back',
    ])
      expect(page.text, question).to.contain(question);
    const links = page.$('main a').toArray();
    for (const address of new Set(links.map((link) => page.$(link).attr('href')!))) {
      if (address.startsWith('#')) expect(page.$(address), address).to.have.length(1);
      else expect((await visitor.get(address)).status, address).to.equal(200);
    }
  });

  for (const phone of GUIDES) {
    it(`guide ${phone} through the whole trip, and say what not to do`, async () => {
      const page = await visitor.get(`/help/install/${phone}`);
      for (const part of ['one-tap', 'before', 'arrival', 'back', 'never'])
        expect(page.$(`#${part} li`).length, part).to.be.above(1);
      expect(page.$('#never').text()).to.match(/cannot be installed again/);
      expect(page.$('#one-tap').text()).to.contain('Install on this');
      expect(page.$(`a[href^="/help/contact?topic=install"]`)).to.have.length(1);
      for (const other of GUIDES.filter((name) => name !== phone))
        expect(page.$(`a[href="/help/install/${other}"]`), other).to.have.length(1);
    });
  }

  it('are reached from the order and from the mail', async () => {
    const { alice, returnPath } = await buy(await aProduct());
    const page = await alice.follow(returnPath);
    for (const phone of GUIDES) expect(page.$(`a[href="/help/install/${phone}"]`), phone).to.have.length(1);
    expect(page.$(`a[href*="order_number=${(await onlyOrder()).publicId}"]`)).to.have.length(4);
    const [mail] = world.mailbox.mails();
    expect(mail!.text).to.contain('/help/install');
    expect(mail!.html).to.contain('/help/install"');
  });

  it('know no guide but these', async () => {
    for (const phone of ['nokia', 'IPHONE', '..%2f..%2fadmin', '__proto__', 'x'.repeat(3000)])
      expect((await visitor.get(`/help/install/${phone}`)).status, phone).to.equal(404);
  });
});

describe('The check of a phone', () => {
  it('says yes, with the exception', async () => {
    const page = await check('iphone13');
    expect(answer(page)).to.equal('Yes, the iPhone 13 takes an eSIM');
    expect(page.$('.status').text()).to.contain('not locked').and.contain('mainland China');
    expect(page.text).to.contain('Or did you mean').and.contain('iPhone 13 mini');
  });

  it('says no', async () => {
    const page = await check('Samsung Galaxy S20 FE');
    expect(answer(page)).to.equal('No, the Galaxy S20 FE takes no eSIM');
    expect(page.$('.status').text()).to.contain('do not buy');
  });

  it('says probably, on what it depends, and how to make sure', async () => {
    const page = await check('galaxy s20');
    expect(answer(page)).to.match(/^Probably/);
    expect(page.$('.status').text()).to.contain('*#06#').and.contain('United States');
  });

  it('does not know every phone, and says how to find out', async () => {
    const page = await check('Nokia 3310');
    expect(answer(page)).to.contain('We do not know “Nokia 3310”');
    expect(page.$('.status').text()).to.contain('*#06#').and.contain('EID');
    const ask = page.$('#answer a').attr('href')!;
    expect((await visitor.get(ask)).$('#device').val()).to.equal('Nokia 3310');
  });

  it('lets choose when several phones are meant, and forgives slips of the finger', async () => {
    const page = await check('iphne se');
    expect(page.text).to.contain('Which of these is it?');
    const lines = page
      .$('#answer .phones > li')
      .toArray()
      .map((line) => ['.phone-name', '.badge'].map((part) => page.$(line).find(part).text().trim()));
    expect(lines).to.deep.equal([
      ['iPhone SE (2022) 2022 · note 1', 'Yes'],
      ['iPhone SE (2020) 2020 · note 1', 'Yes'],
      ['iPhone SE (2016) 2016', 'No'],
    ]);
  });

  it('lists every phone that it knows, for those who would rather look', async () => {
    const page = await visitor.get('/help/compatibility');
    expect(page.$('details .phones > li')).to.have.length(PHONES.length);
    expect(page.$('#answer').text().trim()).to.equal('');
    expect(page.$('meta[name=robots]')).to.have.length(0);
    expect((await check('iphone')).$('meta[name=robots]').attr('content')).to.equal('noindex');
  });

  it('gives htmx the answer alone, and says that the answer depends on that', async () => {
    const page = await check('pixel 8', HTMX);
    expect(page.html).to.not.contain('<html');
    expect(answer(page)).to.contain('Pixel 8');
    expect(page.headers.get('Vary')).to.contain('HX-Request-Type');
    expect((await check('', HTMX)).text).to.equal('');
  });

  it('shows what was asked as text, and refuses what is no name of a phone', async () => {
    const page = await check('"><script>alert(1)</script>');
    expect(page.html).to.not.contain('<script>alert');
    expect(page.$('#model').val()).to.equal('"><script>alert(1)</script>');
    expect((await check('iPhone\u0001\u202E 13')).$('#model').val()).to.equal('iPhone   13');

    const long = await check('x'.repeat(81));
    expect([long.status, long.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 400 && text.includes('at most 80 characters'),
    );
    expect((await visitor.get('/help/compatibility?model=a&model=b')).status).to.equal(400);
    expect((await visitor.get('/help/compatibility?model=%00')).status).to.equal(400);
  });
});
