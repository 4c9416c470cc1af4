import { expect } from 'chai';
import { aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

const EUROPE = { country: 'FR', coverage: ['FR', 'DE', 'ES'], region: 'europe' };

describe('Destinations', () => {
  const visitor = new Visitor();

  it('lists each country by name with its plans and its lowest price, regional plans in every country they cover', async () => {
    await aProduct({ priceMinor: 500 });
    await aProduct({ priceMinor: 450 });
    await aProduct({ ...EUROPE, priceMinor: 1290 });

    const { $ } = await visitor.get('/destinations');

    const places = $('.destinations a')
      .toArray()
      .map((place) => $(place).attr('href')!.slice(-2));
    expect(places).to.deep.equal(['fr', 'de', 'jp', 'es']);
    expect($('a[href="/destinations/jp"]').text()).to.contain('2 plans').and.contain('from $4.50');
    expect($('a[href="/destinations/de"]').text()).to.contain('1 plan').and.contain('from $12.90');
  });

  it('leaves out what is sold out and what an admin switched off', async () => {
    await aProduct({ stock: 0 });
    await aProduct({ country: 'FR', isActive: false });

    expect((await visitor.get('/destinations')).$('.destinations a')).to.have.length(0);
  });

  it('shows the plans of a country, its own before those that cover it too', async () => {
    await aProduct({ country: 'DE', name: 'Germany 5 GB', priceMinor: 2000 });
    await aProduct({ ...EUROPE, name: 'Europe 3 GB', priceMinor: 900 });
    await aProduct({ name: 'Japan 1 GB' });

    const { $ } = await visitor.get('/destinations/de');

    const names = $('.ticket-name')
      .toArray()
      .map((name) => $(name).text());
    expect(names).to.deep.equal(['Germany 5 GB', 'Europe 3 GB']);
    expect($('h1').text()).to.equal('eSIM plans for Germany');
    expect($('link[rel=canonical]').attr('href')).to.match(/\/destinations\/de$/);
  });

  it('has one address for each country', async () => {
    const page = await visitor.get('/destinations/DE');

    expect([page.status, page.location]).to.deep.equal([301, '/destinations/de']);
  });

  it('has a friendly page for a country without plans', async () => {
    const page = await visitor.get('/destinations/aq');

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('We have no plan for Antarctica at the moment.');
  });

  for (const nowhere of ['zz', 'xk', 'japan', '%25', "a'", '__proto__']) {
    it(`does not know the country ${nowhere}`, async () => {
      const page = await visitor.get(`/destinations/${nowhere}`);

      expect(page.status).to.equal(404);
      expect(page.$('main a[href="/destinations"]')).to.have.length(1);
    });
  }

  it('answers HEAD without a body', async () => {
    const page = await visitor.request('/destinations', { method: 'HEAD' });

    expect([page.status, page.html]).to.deep.equal([200, '']);
  });
});
