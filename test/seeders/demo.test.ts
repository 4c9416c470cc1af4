import { expect } from 'chai';
import { clock } from '../../src/lib/clock.js';
import { CURRENCIES } from '../../src/lib/money.js';
import { Coupon, Product, ProviderOffer } from '../../src/models/index.js';
import { PROVIDERS } from '../../src/providers/provider.js';
import { seedDemo } from '../../seeders/index.js';

const productsWithOffers = () => Product.findAll({ include: 'offers' });

describe('The demo catalogue', () => {
  it('offers at least 60 plans over at least 20 countries, in every currency and from every provider', async () => {
    const { plans, offers } = await seedDemo();
    const products = await Product.findAll();

    expect(plans).to.equal(products.length).and.to.be.at.least(60);
    expect(offers).to.equal(await ProviderOffer.count());
    expect(new Set(products.map(({ country }) => country)).size).to.be.at.least(20);
    expect(new Set(products.map(({ currency }) => currency))).to.have.all.keys(...CURRENCIES);
    expect(new Set(products.map(({ provider }) => provider))).to.have.all.keys(...PROVIDERS);
  });

  it('covers Europe with more than 30 countries, and Asia', async () => {
    await seedDemo();
    const regional = (await Product.findAll()).filter((product) => product.isRegional());

    const europe = regional.filter(({ region }) => region === 'europe');
    expect(europe[0]?.coverage).to.have.length.above(30).and.to.include('FR');
    expect(regional.map(({ region }) => region)).to.include('asia');
  });

  it('never sells below what another provider asks, and always has another provider', async () => {
    await seedDemo();

    for (const { slug, provider, priceMinor, offers } of await productsWithOffers()) {
      expect(offers, slug).to.have.length.within(1, 2);
      for (const offer of offers!) {
        expect(offer.provider, slug).not.to.equal(provider);
        expect(offer.costMinor, slug).to.be.below(priceMinor);
      }
    }
  });

  it('says what unlimited means, and gives each product id to one plan', async () => {
    await seedDemo();
    const products = await productsWithOffers();

    for (const { dataMb, dataLimit, fairUse } of products) {
      if (dataMb === null) expect(dataLimit).to.match(/^Unlimited, .+/);
      expect(fairUse).to.be.a('string');
    }
    const skus = products.flatMap((product) => [product, ...product.offers!]);
    expect(new Set(skus.map(({ providerProductId }) => providerProductId)).size).to.equal(skus.length);
  });

  it('features some plans, has one sold out, and leaves some facts unstated', async () => {
    await seedDemo();
    const products = await Product.findAll();

    expect(products.filter(({ isFeatured }) => isFeatured)).to.have.length.within(4, 12);
    expect(products.filter((product) => product.soldOut())).to.have.length(1);
    expect(
      products.filter(({ hotspot, speed, topUp }) => !(hotspot && speed && topUp)),
    ).to.have.length.within(3, 15);
  });

  it('brings coupons that are valid at once', async () => {
    await seedDemo();
    const coupons = await Coupon.findAll({ order: ['code'] });

    expect(coupons.map(({ code }) => code)).to.deep.equal(['FREE100', 'SAVE500', 'WELCOME10']);
    for (const { validFrom } of coupons) expect(validFrom).to.be.at.most(clock.now());
  });

  it('leaves a shop alone that has plans', async () => {
    await seedDemo();
    const before = await Product.count();

    expect(await seedDemo()).to.deep.equal({ plans: 0, offers: 0 });
    expect(await Product.count()).to.equal(before);
  });
});
