import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../src/lib/root.js';
import { aProduct } from '../support/factories.js';
import { sql } from '../support/refusals.js';
import { buy } from '../support/shopping.js';

/** `npm run invariants`, with the settings of the tests. */
async function invariants() {
  const command = ['--import', 'tsx/esm', 'src/operations/check-invariants.ts'];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  return { lines: said.trimEnd().split('\n'), code };
}

describe('npm run invariants', () => {
  it('says a line for each, and fails when one is broken', async () => {
    await buy(await aProduct());
    const { lines, code } = await invariants();
    expect(code).to.equal(0);
    expect(lines.slice(0, -2).filter((line) => !line.startsWith('holds '))).to.deep.equal([]);
    expect(lines.at(-2)).to.equal('simulators not running: ledgers not compared');
    expect(lines.at(-1)).to.equal(`${lines.length - 2} checked, 0 broken`);

    const { id } = await aProduct();
    await sql('UPDATE esim_products SET rating_count = 7 WHERE id = ?', id);
    const broken = await invariants();
    expect(broken.code).to.equal(1);
    expect(broken.lines.at(-1)).to.equal(`${lines.length - 2} checked, 1 broken`);
    expect(broken.lines).to.include(`BROKEN  a rating is the average of the approved reviews: ${id}`);
  }).timeout(30_000);
});
