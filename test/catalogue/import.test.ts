import { execFile } from 'node:child_process';
import { expect } from 'chai';
import { inSilence } from '../../src/catalogue/import/progress.js';
import { savePlans, savePlansAndStock } from '../../src/catalogue/import/save-plans.js';
import { fromRoot } from '../../src/lib/root.js';
import { Product } from '../../src/models/index.js';
import { csv, fileWith, read, ROW } from './price-lists.js';

const load = async (text: string) => savePlans((await read(text)).plans, inSilence);
const loadWithStock = async (text: string) => savePlansAndStock((await read(text)).plans, inSilence);
const theProduct = () => Product.findOne({ where: { slug: ROW.slug }, rejectOnEmpty: true });

const run = (...words: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const command = ['--import=tsx', fromRoot('src', 'operations', 'import-catalogue.ts'), ...words];
    execFile(process.execPath, command, { cwd: fromRoot() }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

describe('Importing a price list', () => {
  describe('puts on sale', () => {
    it('a plan with the required columns alone', async () => {
      expect(await load(csv({}))).to.deep.equal({ created: 1, changed: 0, unchanged: 0 });
      expect(await theProduct()).to.include({
        name: 'Japan 1 GB – 7 days',
        priceMinor: 450,
        costMinor: 190,
        dataMb: 1024,
        stock: 25,
        isActive: true,
        isFeatured: false,
        hotspot: null,
      });
    });

    it('a plan with every fact, lists among them', async () => {
      const facts = {
        speed: '4G',
        hotspot: 'Allowed',
        activation_policy: 'first_use',
        install_within_days: '90',
      };
      await load(
        csv({ coverage: 'JP|KR TW', features: 'A | B', supported_networks: 'docomo|KDDI', ...facts }),
      );

      const product = await theProduct();
      expect(product).to.include({ speed: '4G', activationPolicy: 'first_use', installWithinDays: 90 });
      expect(product.coverage).to.deep.equal(['JP', 'KR', 'TW']);
      expect(product.features).to.deep.equal(['A', 'B']);
      expect(product.supportedNetworks).to.deep.equal(['docomo', 'KDDI']);
    });

    it('amounts in the digits of their currency', async () => {
      await load(csv({ currency: 'KRW', price: '6900', cost: '3900' }));

      expect(await theProduct()).to.include({ priceMinor: 6900, costMinor: 3900, currency: 'KRW' });
    });

    it('nothing at all when one row cannot be written', async () => {
      const { plans } = await read(csv({}, { slug: 'another' }));
      const unwritable = [plans[0]!, { ...plans[1]!, priceMinor: 1 }];

      expect(await savePlans(unwritable, inSilence).catch(() => 'refused')).to.equal('refused');
      expect(await Product.count()).to.equal(0);
    });
  });

  describe('a second time', () => {
    it('changes nothing when the list is the same', async () => {
      const list = csv({ coverage: 'JP|KR', is_active: 'true', features: 'A|B' });
      await load(list);
      const before = await theProduct();

      expect(await load(list)).to.deep.equal({ created: 0, changed: 0, unchanged: 1 });
      expect((await theProduct()).updated).to.deep.equal(before.updated);
    });

    it('changes what the list says differently and keeps what it does not speak about', async () => {
      await load(csv({ speed: '5G', hotspot: 'Allowed' }));

      expect(await load(csv({ price: '5.00', hotspot: '' }))).to.include({ changed: 1 });
      expect(await theProduct()).to.include({ priceMinor: 500, speed: '5G', hotspot: null });
    });

    it('leaves the stock that orders have taken from', async () => {
      await load(csv({}));
      await (await theProduct()).update({ stock: 3 });

      expect(await load(csv({}))).to.include({ unchanged: 1 });
      expect((await theProduct()).stock).to.equal(3);
    });

    it('sets the stock when told to', async () => {
      await load(csv({ stock: '0' }));
      expect((await theProduct()).onSale()).to.equal(false);

      expect(await loadWithStock(csv({ stock: '9' }))).to.include({ changed: 1 });
      expect(await theProduct()).to.include({ stock: 9, isActive: true });
    });

    it('changes nothing about a sold-out plan that the list calls active', async () => {
      const list = csv({ stock: '0', is_active: 'yes' });
      await load(list);

      expect(await load(list)).to.include({ unchanged: 1 });
      expect((await theProduct()).hidden()).to.equal(false);
    });

    it('hides a sold-out plan for good when the list switches it off', async () => {
      await load(csv({ stock: '0' }));
      await load(csv({ is_active: 'no' }));

      expect((await theProduct()).hidden()).to.equal(true);
    });
  });

  describe('from the command line', function () {
    // Each starts a process.
    this.timeout(60_000);

    it('tells what it did, and the second time that nothing changed', async () => {
      const file = fileWith(csv({}, { slug: 'another', price: '1' }));

      const first = await run(file);
      expect(first).to.include({ code: 0 });
      expect(first.out).to.include('2 rows read: 1 created, 0 changed, 0 unchanged, 1 refused.');
      expect(first.err).to.include('Line 3, price: "1" must be above the cost of 1.90');

      expect((await run(file)).out).to.include('2 rows read: 0 created, 0 changed, 1 unchanged, 1 refused.');
      expect(await Product.count()).to.equal(1);
    });

    it('imports nothing with --strict when a row is bad', async () => {
      const { code, out } = await run('--strict', fileWith(csv({}, { slug: '!' })));

      expect(code).to.equal(1);
      expect(out).to.equal('Nothing was imported: 1 of 2 rows refused.\n');
      expect(await Product.count()).to.equal(0);
    });

    it('explains itself when called without a file', async () => {
      const { code, err } = await run();

      expect(code).to.equal(2);
      expect(err).to.match(/^Usage: npm run catalogue:import/);
    });
  });
});
