import { expect } from 'chai';
import type { CheerioAPI } from 'cheerio';
import { aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

const visitor = new Visitor();

const factsOn = ($: CheerioAPI) =>
  Object.fromEntries(
    $('.facts > div')
      .toArray()
      .map((row) => [$(row).find('dt').text(), $(row).find('dd').text().trim()]),
  );

describe('The page of a plan', () => {
  it('states every fact in plain words', async () => {
    const plan = await aProduct({
      dataLimit: '5GB',
      dataMb: 5120,
      duration: 30,
      priceMinor: 1150,
      activationPolicy: 'installation',
      installWithinDays: 60,
      hotspot: 'Allowed',
      speed: '4G',
      supportedNetworks: ['docomo (5G)', 'SoftBank (4G)'],
      kyc: 'None',
      apn: 'plus.4g',
    });

    const { $, text } = await visitor.get(`/products/${plan.slug}`);

    expect(factsOn($)).to.include({
      Data: '5 GB for the whole period',
      Validity: '30 days',
      'The days start': 'When you install it, even at home',
      'Install before': 'Install within 60 days of buying',
      Coverage: 'Japan',
      Networks: 'docomo (5G), SoftBank (4G)',
      Hotspot: 'Allowed',
      'Identity check': 'None',
      'Roaming and APN': 'Turn data roaming on for this eSIM. APN: plus.4g',
    });
    expect(text).to.contain('$11.50').and.contain('$2.30 per GB').and.contain('$0.38 per day');
  });

  it('says so when the operator says nothing', async () => {
    const plan = await aProduct({ dataLimit: 'Unlimited', dataMb: null });

    const { $ } = await visitor.get(`/products/${plan.slug}`);

    const facts = factsOn($);
    expect(facts.Data).to.equal('Unlimited, no threshold stated by the operator');
    for (const fact of [
      'Fair use',
      'The days start',
      'Install before',
      'Networks',
      'Speed',
      'Hotspot',
      'Top-up',
    ]) {
      expect(facts[fact], fact).to.equal('Not stated by the operator');
    }
  });

  it('never shows "Unlimited" without its rule', async () => {
    const plan = await aProduct({ dataLimit: 'Unlimited', dataMb: null, fairUse: '1 Mbps after 2 GB a day' });

    const { $ } = await visitor.get(`/products/${plan.slug}`);

    expect(factsOn($).Data).to.equal('Unlimited, under this rule: 1 Mbps after 2 GB a day');
    expect((await visitor.get('/products')).$('.ticket-facts dd').first().text().trim()).to.equal(
      'Unlimited, with a fair-use rule',
    );
  });

  it('lists the countries of a regional plan and those that people miss', async () => {
    const plan = await aProduct({ country: 'FR', coverage: ['FR', 'DE', 'CH'], region: 'europe' });

    const { $ } = await visitor.get(`/products/${plan.slug}`);

    expect($('#coverage a').text()).to.equal('FranceGermanySwitzerland');
    expect($('#coverage .notice').text()).to.contain('Türkiye').and.not.contain('Switzerland');
  });

  it('sells from one up to what is left, at most twenty', async () => {
    const plan = await aProduct({ stock: 3 });

    const { $, text } = await visitor.get(`/products/${plan.slug}`);

    expect($('form[action="/cart/items"] input[name=product_id]').val()).to.equal(plan.id);
    expect($('#quantity').attr('max')).to.equal('3');
    expect(text).to.contain('Only 3 left');
  });

  it('stays when the plan is sold out, and offers what gives as much, cheapest first', async () => {
    const plan = await aProduct({ stock: 0, dataMb: 3072, duration: 15 });
    await aProduct({ name: 'Dearer', dataMb: 5120, duration: 30, priceMinor: 1500 });
    await aProduct({
      name: 'Regional',
      country: 'KR',
      coverage: ['KR', 'JP'],
      dataMb: null,
      duration: 15,
      priceMinor: 1200,
    });
    await aProduct({ name: 'Too little', dataMb: 1024, duration: 30 });
    await aProduct({ name: 'Too short', dataMb: 5120, duration: 7 });
    await aProduct({ name: 'Other money', dataMb: 5120, duration: 30, currency: 'EUR' });
    await aProduct({ name: 'Elsewhere', country: 'FR', dataMb: 5120, duration: 30 });

    const { status, $ } = await visitor.get(`/products/${plan.slug}`);

    expect(status).to.equal(200);
    expect($('#buy form[action="/cart/items"]')).to.have.length(0);
    expect($('#buy button[disabled]').text()).to.equal('Sold out');
    expect($('#buy .ticket-name').text()).to.equal('RegionalDearer');
  });

  it('does not exist for a hidden plan, an unknown one, or what is no address at all', async () => {
    const hidden = await aProduct({ isActive: false });
    for (const slug of [hidden.slug, 'never-sold', 'Japan', "a'--", 'x'.repeat(5000)]) {
      expect((await visitor.get(`/products/${slug}`)).status, slug).to.equal(404);
    }
  });

  it('shows what a plan is called and described as text, never as markup', async () => {
    const plan = await aProduct({
      name: '<b>Bold</b>',
      description: '<script>alert(1)</script>',
      dataLimit: '<i>1GB</i>',
    });

    for (const path of ['/', '/products', '/destinations/jp', `/products/${plan.slug}`]) {
      expect((await visitor.get(path)).html, path).not.to.match(/<b>Bold|<script>alert|<i>1/);
    }
  });
});
