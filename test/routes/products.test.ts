import { expect } from 'chai';
import type { CheerioAPI } from 'cheerio';
import { aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

const GB = 1024;
const visitor = new Visitor();

const namesOn = ($: CheerioAPI) =>
  $('.ticket-name')
    .toArray()
    .map((name) => $(name).text());

const found = async (query: string) => namesOn((await visitor.get(`/products?${query}`)).$);

describe('The list of plans', () => {
  const JAPAN = { name: 'Japan 1 GB', slug: 'jp-1', country: 'JP', dataMb: GB };
  const KOREA = { name: 'Korea 10 GB', slug: 'kr-10', country: 'KR', dataMb: 10 * GB };
  const EUROPE = {
    name: 'Europe endless',
    slug: 'endless',
    country: 'FR',
    coverage: ['FR', 'TR'],
    dataMb: null,
  };

  beforeEach(async () => {
    await aProduct({ ...JAPAN, priceMinor: 450, duration: 7 });
    await aProduct({ ...KOREA, priceMinor: 1500, duration: 30 });
    await aProduct({ ...EUROPE, priceMinor: 2900, duration: 10 });
  });

  const answers: Record<string, string[]> = {
    'country=FR': ['Europe endless'],
    'country=tr': ['Europe endless'],
    'days=8': ['Korea 10 GB', 'Europe endless'],
    'data=5': ['Korea 10 GB', 'Europe endless'],
    'data=unlimited': ['Europe endless'],
    'price=15': ['Japan 1 GB', 'Korea 10 GB'],
    'price=4,50&currency=USD': ['Japan 1 GB'],
    'currency=EUR': [],
    'q=japan': ['Japan 1 GB'],
    'q=eSIM+for+south+korea': ['Korea 10 GB'],
    'q=turkiye': ['Europe endless'],
    'q=JPN': ['Japan 1 GB'],
    'q=gb': ['Japan 1 GB', 'Korea 10 GB'],
    'q=%25': ['Japan 1 GB', 'Korea 10 GB', 'Europe endless'],
    'q=%25%25': [],
    'q=__': [],
    "q=o'clock": [],
    'q=%01japan': ['Japan 1 GB'],
    'country=&q=&days=&data=&price=&currency=&sort=': ['Japan 1 GB', 'Korea 10 GB', 'Europe endless'],
    'sort=price_per_gb': ['Korea 10 GB', 'Japan 1 GB', 'Europe endless'],
    'sort=data': ['Europe endless', 'Korea 10 GB', 'Japan 1 GB'],
    'sort=days': ['Korea 10 GB', 'Europe endless', 'Japan 1 GB'],
    'sort=price;DROP TABLE users': ['Japan 1 GB', 'Korea 10 GB', 'Europe endless'],
  };
  for (const [query, names] of Object.entries(answers)) {
    it(`answers ?${query} with ${names.join(', ') || 'nothing'}`, async () => {
      expect(await found(query)).to.deep.equal(names);
    });
  }

  const refused = [
    'country=zz',
    'country=ZZZZ',
    'days=0',
    'days=x',
    'data=-1',
    'price=abc',
    'currency=GBP',
    'page=0',
    'page=1e9',
  ];
  const malformed = [
    'q=a&q=b',
    'country=FR&country=DE',
    `q=${'a'.repeat(81)}`,
    `price=${'9'.repeat(5000)}`,
    'page=%00',
  ];
  for (const query of [...refused, ...malformed]) {
    it(`refuses ?${query.slice(0, 40)} with a sentence`, async () => {
      const page = await visitor.get(`/products?${query}`);

      expect(page.status).to.equal(400);
      expect(page.$('main p').first().text()).to.match(/^(We could not|Please search)/);
    });
  }

  it('says which filter could not be read', async () => {
    expect((await visitor.get('/products?price=cheap')).text).to.contain(
      'We could not read the highest price.',
    );
  });

  it('orders by rating, plans without reviews last', async () => {
    await aProduct({ name: 'Loved', ratingAverage: 4.8, ratingCount: 12 });
    await aProduct({ name: 'Liked', ratingAverage: 4.1, ratingCount: 90 });

    expect((await found('sort=rating')).slice(0, 2)).to.deep.equal(['Loved', 'Liked']);
  });

  it('keeps what was chosen in the form, and asks search engines to look at the plain list only', async () => {
    const { $ } = await visitor.get('/products?country=KR&data=5&q=korea&sort=price');

    expect($('#country').val()).to.equal('KR');
    expect($('#data').val()).to.equal('5');
    expect($('#q').val()).to.equal('korea');
    expect($('#sort').val()).to.equal('price');
    expect($('meta[name=robots]').attr('content')).to.equal('noindex');
    expect((await visitor.get('/products')).$('meta[name=robots]')).to.have.length(0);
  });

  it('gives htmx the results alone, and says that the answer depends on that', async () => {
    const { html, $, headers } = await visitor.get('/products?q=japan', { 'HX-Request-Type': 'partial' });

    expect(html).not.to.contain('<html');
    expect($('#results .ticket')).to.have.length(1);
    expect(headers.get('Vary')).to.contain('HX-Request-Type');
  });

  it('turns pages, keeping the filters', async () => {
    for (let number = 0; number < 25; number += 1)
      await aProduct({ name: `Thailand ${number}`, country: 'TH' });

    const first = await visitor.get('/products?country=TH&sort=price');
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);

    expect([namesOn(first.$).length, namesOn(second.$).length]).to.deep.equal([24, 1]);
    expect(second.$('#country').val()).to.equal('TH');
    expect(second.$('a[rel=next]')).to.have.length(0);
    expect(second.$('a[rel=prev]')).to.have.length(1);
  });

  it('is reached from /search', async () => {
    expect((await visitor.get('/search?q=south+korea')).location).to.equal('/products?q=south%20korea');
    expect((await visitor.get('/search')).location).to.equal('/products');
  });

  it('shows no plan that is sold out or switched off', async () => {
    await aProduct({ name: 'Gone', country: 'IT', stock: 0 });
    await aProduct({ name: 'Hidden', country: 'IT', isActive: false });

    expect(await found('country=IT')).to.deep.equal([]);
  });
});
