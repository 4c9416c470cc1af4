import { expect } from 'chai';
import { aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

describe('The home page', () => {
  it('leads to the countries that have plans and to the featured plans', async () => {
    const plan = await aProduct({ isFeatured: true });
    await aProduct({ country: 'FR', priceMinor: 990 });

    const { status, $ } = await new Visitor().get('/');

    expect(status).to.equal(200);
    expect($('.destinations a[href="/destinations/jp"]').text()).to.contain('Japan').and.contain('$4.50');
    expect($('.destinations a[href="/destinations/fr"]').text()).to.contain('France').and.contain('$9.90');
    expect($('.ticket a').first().attr('href')).to.equal(`/products/${plan.slug}`);
  });

  it('stands when nothing is for sale', async () => {
    const { status, $ } = await new Visitor().get('/');

    expect(status).to.equal(200);
    expect($('.ticket')).to.have.length(0);
  });

  it('sets no cookie and may be kept by the browser that asks before showing it', async () => {
    const visitor = new Visitor();

    const { headers } = await visitor.get('/');

    expect(visitor.hasCookies()).to.equal(false);
    expect(headers.get('Cache-Control')).to.equal('private, no-cache');
    expect(headers.get('ETag')).to.match(/^W\//);
  });

  it('is a page with language, title, description, address and a way past the menu', async () => {
    const { $ } = await new Visitor().get('/');

    expect($('html').attr('lang')).to.equal('en');
    expect($('title').text()).to.contain('NumnaRoad');
    expect($('meta[name=description]').attr('content')).to.have.length.above(50);
    expect($('link[rel=canonical]').attr('href')).to.match(/^http.*\/$/);
    expect($('.skip-link').attr('href')).to.equal('#main');
    expect($('main#main, header, footer, nav')).to.have.length.above(3);
  });
});
