import { expect } from 'chai';
import { inSilence } from '../../src/catalogue/import/progress.js';
import { readPriceList } from '../../src/catalogue/import/read-price-list.js';
import { csv, read } from './price-lists.js';

const flaws = async (...changes: Record<string, string>[]) => {
  const { problems } = await read(csv(...changes));
  return problems.map(({ line, column, reason }) => `${line} ${column}: ${reason}`);
};

const refusalOf = (text: string) =>
  read(text).then(
    () => 'not refused',
    (error: Error) => error.message,
  );

describe('A price list', () => {
  describe('is read with', () => {
    for (const [text, megabytes] of [
      ['500MB', 500],
      [' 1.5 gb ', 1536],
      ['UNLIMITED', null],
      ['Unlimited, 2 GB a day fast', null],
    ] as const)
      it(`${text.trim()} as ${megabytes ?? 'no limit'}`, async () => {
        const { plans } = await read(csv({ data_limit: text }));
        expect(plans[0]?.dataMb).to.equal(megabytes);
      });

    it('what the column data_mb says before what data_limit says', async () => {
      const { plans } = await read(
        csv({ data_mb: '14336', data_limit: '2GB per day' }, { data_mb: '', slug: 'another' }),
      );
      expect(plans.map(({ dataMb }) => dataMb)).to.deep.equal([14336, 1024]);
    });

    it('a coverage of one country as none', async () => {
      const { plans } = await read(csv({ coverage: 'JP' }));
      expect(plans[0]?.coverage).to.equal(null);
    });

    it('rows with a BOM, CRLF, quotes, blank lines and cells of several lines', async () => {
      const odd = csv({ description: 'Says "hello",\nand more' }, { slug: 'another', description: '' });
      const { plans, problems } = await read(`\uFEFF${odd.replaceAll('\n', '\r\n')}\r\n\r\n,,,\r\n`);

      expect(problems).to.deep.equal([]);
      expect(plans.map(({ description }) => description)).to.deep.equal(['Says "hello",\r\nand more', null]);
    });
  });

  describe('reports', () => {
    it('the line, the column and the reason of every flaw of a row', async () => {
      expect(
        await flaws({}, { slug: 'Bad Slug', country: 'XK', duration: '0', stock: '-1', name: '' }),
      ).to.deep.equal([
        '3 name: is empty',
        '3 slug: "Bad Slug" must be small letters and digits joined by dashes',
        '3 country: "XK" must be an ISO 3166-1 code in capitals, such as JP',
        '3 duration: "0" must be at least 1',
        '3 stock: "-1" must be a whole number from 0 up',
      ]);
    });

    for (const [change, flaw] of [
      [{ price: '1.90' }, 'price: "1.90" must be above the cost of 1.90'],
      [{ price: '10000.01' }, 'price: "10000.01" is above 10000.00 USD'],
      [{ price: '4,50' }, 'price: "4,50" must be an exact amount in USD, such as 12'],
      [{ cost: '1.999' }, 'cost: "1.999" must be an exact amount in USD, such as 12'],
      [{ currency: 'JPY' }, 'price: "4.50" must be an exact amount in JPY, such as 12'],
      [{ currency: 'GBP' }, 'currency: "GBP" must be one of USD, EUR, KRW, JPY'],
      [{ provider: 'Nobody' }, 'provider: "Nobody" must be one of eSIM Card, MobiMatter, Airalo'],
      [{ name: 'x'.repeat(201) }, `name: "${'x'.repeat(40)}…" is longer than 200 characters`],
      [{ data_limit: '2GB/day' }, 'data_limit: "2GB/day" must read like 500MB, 1GB or Unlimited'],
      [{ coverage: 'KR|TW' }, 'coverage: "KR|TW" leaves out the plan’s own country, JP'],
      [{ coverage: 'JP|ZZ' }, 'coverage: "JP|ZZ" must hold ISO 3166-1 codes'],
      [{ region: 'mars' }, 'region: "mars" must be a region of the shop'],
      [{ is_featured: 'maybe' }, 'is_featured: "maybe" must be true or false'],
      [
        { image_url: 'javascript:alert(1)' },
        'image_url: "javascript:alert(1)" must start with https:// or /',
      ],
    ] as [Record<string, string>, string][])
      it(`that ${flaw.slice(0, 60)}`, async () => {
        const found = await flaws(change);
        expect(found[0]?.slice(0, flaw.length + 2)).to.equal(`2 ${flaw}`);
      });

    it('a slug that stands in the file twice', async () => {
      expect(await flaws({}, { slug: 'another' }, {})).to.deep.equal([
        '4 slug: "japan-1gb-7-days" stands on line 2 already',
      ]);
    });

    it('rows with too few or too many cells, by the line they begin on', async () => {
      const [header, row] = csv({ description: 'two\nlines' }).split(/\n(?="Japan)/);
      const { problems, plans } = await read([header, row, 'only,two', `${row},more`].join('\n'));

      expect(plans).to.have.length(1);
      expect(problems.map(({ line, reason }) => `${line}: ${reason}`)).to.deep.equal([
        '4: has 2 cells, the header has 12',
        '5: has 13 cells, the header has 12',
      ]);
    });

    it('a quote that is never closed, and keeps the rows before it', async () => {
      const { plans, problems } = await read(`${csv({})}\n"broken,row\nand,more\n`);

      expect(plans).to.have.length(1);
      expect(problems).to.deep.equal([
        {
          line: 3,
          column: null,
          reason: 'a quote is opened and never closed; nothing from here on was read',
        },
      ]);
    });

    it('text that is not UTF-8', async () => {
      const { problems } = await read(Buffer.from(csv({ name: 'Curaçao' }), 'latin1'));
      expect(problems[0]).to.include({ line: 2, column: 'name' });
    });
  });

  describe('refuses', () => {
    it('an empty file', async () => expect(await refusalOf('')).to.equal('The file is empty.'));

    it('a file without plans', async () =>
      expect(await refusalOf(csv({}).split('\n')[0]!)).to.equal('The file has a header but no plans.'));

    it('a file without a header', async () =>
      expect(await refusalOf(csv({}).split('\n')[1]!)).to.match(/^The first line is no header/));

    it('a file that lacks a column', async () =>
      expect(await refusalOf(csv({}).replace('cost', 'sort_order'))).to.equal(
        'These columns are missing: cost.',
      ));

    it('a column that it does not know', async () =>
      expect(await refusalOf(csv({ colour: 'red' }))).to.match(/^These columns are unknown: "colour"/));

    it('a column that comes twice', async () =>
      expect(await refusalOf(csv({ SLUG: 'again' }))).to.equal('These columns come twice: slug.'));

    it('a file that is not there', async () =>
      expect(await readPriceList('/nowhere.csv', inSilence).catch(String)).to.match(/nowhere\.csv: ENOENT/));
  });
});
