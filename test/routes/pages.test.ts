import { expect } from 'chai';
import { aProduct } from '../support/factories.js';
import { shopUrl } from '../support/environment.js';
import { Visitor } from '../support/visitor.js';

const visitor = new Visitor();

describe('The pages of words', () => {
  const headings: Record<string, string> = {
    '/help': 'Help',
    '/help/install': 'Install your eSIM',
    '/help/install/iphone': 'Install your eSIM on iPhone',
    '/help/install/samsung': 'Install your eSIM on Samsung Galaxy',
    '/help/install/pixel': 'Install your eSIM on Google Pixel',
    '/help/compatibility': 'Does my phone work?',
    '/help/contact': 'Ask us',
    '/help/contact/received': 'We have your message',
    '/wishlist': 'Your wishlist',
    '/terms': 'Terms',
    '/privacy': 'Privacy',
    '/refunds': 'Refunds',
  };
  for (const [path, heading] of Object.entries(headings)) {
    it(`answers ${path} under one heading, with every word in place`, async () => {
      const { status, $, text } = await visitor.get(path);

      expect(status).to.equal(200);
      expect($('h1').text()).to.equal(heading);
      expect($('title').text()).to.equal(`${heading} · NumnaRoad`);
      expect(text).not.to.match(
        /\b(help|install|phones|contact|wishlist|legal|layout|errors)\.[a-z]+|\[object|undefined/i,
      );
    });
  }

  it('names the five troubles in the order in which they happen', async () => {
    const { $ } = await visitor.get('/help');

    const troubles = $('#troubleshooting strong')
      .toArray()
      .map((trouble) => $(trouble).text());
    expect(troubles).to.have.length(5);
    expect(troubles[0]).to.match(/locked/);
    expect(troubles[1]).to.match(/used before/);
  });

  it('tells robots to leave carts and orders alone', async () => {
    const { html, headers } = await visitor.get('/robots.txt');

    expect(headers.get('Content-Type')).to.match(/^text\/plain/);
    expect(html).to.contain('Disallow: /orders').and.contain(`Sitemap: ${shopUrl}/sitemap.xml`);
  });

  it('lists what is for sale in the sitemap, and nothing else', async () => {
    const plan = await aProduct();
    const hidden = await aProduct({ isActive: false, country: 'FR' });

    const { html, headers } = await visitor.get('/sitemap.xml');

    expect(headers.get('Content-Type')).to.match(/xml/);
    expect(html).to.match(/^<\?xml/);
    expect(html).to.contain(`<loc>${shopUrl}/products/${plan.slug}</loc>`);
    expect(html).to.contain(`<loc>${shopUrl}/destinations/jp</loc>`);
    expect(html).not.to.contain(hidden.slug);
  });

  it('leads on from an address that does not exist', async () => {
    const { status, $ } = await visitor.get('/nothing-here');

    expect(status).to.equal(404);
    expect($('title').text()).to.equal('Page not found · NumnaRoad');
    expect($('main a[href="/destinations"]')).to.have.length(1);
    expect($('link[rel=canonical]')).to.have.length(0);
  });
});
