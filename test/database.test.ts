import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { QueryTypes } from 'sequelize';
import { forUpdate, onSqlite, openDatabase, sequelize, tx } from '../src/database.js';
import { Product } from '../src/models/index.js';
import { anOrder, aProduct } from './support/factories.js';
import { sql, wall } from './support/refusals.js';

async function single(statement: string) {
  const [row] = await sequelize.query<Record<string, unknown>>(statement, { type: QueryTypes.SELECT });
  return Object.values(row!)[0];
}

const inTransaction = (statement: string) => tx(() => single(statement));

const nameOf = async (product: Product) => (await Product.findByPk(product.id))?.name;

class Interrupted extends Error {}

/** Does the work in a transaction that then fails. */
const interrupted = (work: () => Promise<unknown>) =>
  tx(async () => {
    await work();
    throw new Interrupted();
  }).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });

const busy = () => Object.assign(new Error('busy'), { parent: { code: onSqlite ? 'SQLITE_BUSY' : '40P01' } });

describe('The database', () => {
  if (onSqlite) {
    it('has its PRAGMAs on the first connection and on that of each transaction', async () => {
      await openDatabase();
      const wanted = {
        journal_mode: 'wal',
        busy_timeout: 5000,
        foreign_keys: 1,
        synchronous: 2,
        temp_store: 2,
        trusted_schema: 0,
        cache_size: -16_000,
      };
      for (const [name, value] of Object.entries(wanted)) {
        expect(await single(`PRAGMA ${name}`), name).to.equal(value);
        expect(await inTransaction(`PRAGMA ${name}`), name).to.equal(value);
      }
    });
  } else {
    it('waits for no statement, lock or idle transaction for ever', async () => {
      expect(await single('SHOW statement_timeout')).to.equal('5s');
      expect(await inTransaction('SHOW lock_timeout')).to.equal('3s');
      expect(await inTransaction('SHOW idle_in_transaction_session_timeout')).to.equal('10s');
    });
  }

  it('keeps what belongs together, inside a transaction and outside', async () => {
    const product = await aProduct();
    await anOrder(product);
    const removal = () => sql('DELETE FROM esim_products WHERE id = ?', product.id);
    expect(await wall(removal())).to.equal('foreign key');
    expect(await wall(tx(removal))).to.equal('foreign key');
  });

  it('takes a transaction back whole, though no statement names it', async () => {
    const product = await aProduct({ name: 'before' });
    await interrupted(async () => {
      await product.update({ name: 'instance' });
      await Product.update({ name: 'bulk' }, { where: { id: product.id } });
      await sql('UPDATE esim_products SET stock = 3 WHERE id = ?', product.id);
      await Promise.all([aProduct(), aProduct()]);
      expect(await nameOf(product)).to.equal('bulk');
      expect(await Product.count()).to.equal(3);
    });
    expect(await Product.findAll()).to.have.length(1);
    expect(await product.reload()).to.include({ name: 'before', stock: 10 });
  });

  it('shows nobody what is not committed yet', async () => {
    const product = await aProduct({ name: 'before' });
    let written = () => {};
    const half = new Promise<void>((resolve) => (written = resolve));
    const writing = tx(async () => {
      await product.update({ name: 'after' });
      written();
      await pause(50);
    });
    await half;
    expect(await nameOf(product)).to.equal('before');
    await writing;
    expect(await nameOf(product)).to.equal('after');
  });

  it('nests: the inner transaction is the outer one', async () => {
    const product = await aProduct({ name: 'before' });
    await interrupted(() =>
      tx(async (outer) => {
        await tx(async (inner) => {
          expect(inner).to.equal(outer);
          await product.update({ name: 'inner' });
        });
      }),
    );
    expect(await nameOf(product)).to.equal('before');
  });

  it('lets work that outlives its transaction write by itself', async () => {
    const product = await aProduct({ name: 'before' });
    let leftOver: Promise<unknown> = Promise.resolve();
    await interrupted(async () => {
      leftOver = pause(50).then(() => tx(() => product.update({ name: 'later' })));
    });
    await leftOver;
    expect(await nameOf(product)).to.equal('later');
  });

  it('loses none of 32 changes that read and write at once', async () => {
    const { id } = await aProduct({ stock: 0 });
    await Promise.all(
      Array.from({ length: 32 }, () =>
        tx(async () => {
          const product = await Product.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
          await pause(1);
          await product.update({ stock: product.stock + 1 });
        }),
      ),
    );
    expect((await Product.findByPk(id))!.stock).to.equal(32);
  });

  it('repeats a whole transaction that found the database busy, three times at most', async () => {
    const product = await aProduct({ stock: 1 });
    let tries = 0;
    await tx(async () => {
      await sql('UPDATE esim_products SET stock = stock + 1 WHERE id = ?', product.id);
      if ((tries += 1) < 3) throw busy();
    });
    expect([tries, (await product.reload()).stock]).to.deep.equal([3, 2]);

    tries = 0;
    const hopeless = tx(() => {
      tries += 1;
      return Promise.reject(busy());
    });
    expect(await hopeless.catch((error: Error) => error.message)).to.contain('very busy');
    expect(tries).to.equal(3);
  });

  it('repeats nothing that failed for another reason', async () => {
    let tries = 0;
    await interrupted(() => Promise.resolve((tries += 1)));
    expect(tries).to.equal(1);
  });
});
