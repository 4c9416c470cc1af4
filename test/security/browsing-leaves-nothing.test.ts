import { expect } from 'chai';
import { dump } from '../support/dump.js';
import { aProduct } from '../support/factories.js';
import { Visitor, type Page } from '../support/visitor.js';

const LINKS = 'a[href^="/"], link[href^="/"], script[src^="/"], img[src^="/"], area[href^="/"]';

const linksOf = ({ $, location }: Page) => [
  ...$(LINKS)
    .toArray()
    .map((element) => $(element).attr('href') ?? $(element).attr('src')!),
  ...(location?.startsWith('/') ? [location] : []),
];

/** Every address that links lead to from here, each asked for by somebody who was never here before. */
async function crawl(start: string) {
  const seen = new Map<string, Page>();
  const ahead = [start];
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    const address = path.split('#')[0]!;
    if (seen.has(address)) continue;
    const page = await new Visitor().get(address);
    seen.set(address, page);
    ahead.push(...linksOf(page));
  }
  return seen;
}

describe('Looking around', () => {
  it('sets no cookie and writes nothing, on any page that a link leads to', async function () {
    this.timeout(60_000);
    for (const country of ['JP', 'FR', 'US'])
      await aProduct({ country, coverage: [country], stock: country === 'US' ? 1 : 20 });
    await aProduct({ stock: 0 });
    const before = await dump();
    const pages = await crawl('/');

    const paths = [...pages.keys()];
    for (const known of [
      '/destinations',
      '/products',
      '/help/install/iphone',
      '/cart',
      '/wishlist',
      '/login',
      '/register',
      '/privacy',
    ])
      expect(paths).to.include(known);
    expect(paths.some((path) => /^\/products\/[a-z0-9-]+$/.test(path))).to.equal(true);
    expect(paths.some((path) => /^\/destinations\/[a-z]{2}$/.test(path))).to.equal(true);
    expect(paths.some((path) => path.startsWith('/assets/'))).to.equal(true);

    const broken = [...pages].filter(([, { status }]) => status >= 400).map(([path]) => path);
    expect(broken).to.deep.equal([]);
    const marked = [...pages].filter(([, { headers }]) => headers.has('Set-Cookie')).map(([path]) => path);
    expect(marked).to.deep.equal([]);
    expect(await dump()).to.deep.equal(before);
  });
});
