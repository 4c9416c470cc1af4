import { expect } from 'chai';
import { newId } from '../../src/lib/ids.js';
import { ProviderAccount } from '../../src/models/index.js';
import { refusal, sql, wall } from '../support/refusals.js';

const insert = (provider: string, isEnabled: boolean) =>
  sql(
    'INSERT INTO provider_accounts (id, provider, position, is_enabled) VALUES (?, ?, 1, ?)',
    newId(),
    provider,
    isEnabled,
  );

describe('A wholesaler’s account', () => {
  it('is on, in the order of the list, until staff touches it', async () => {
    await ProviderAccount.create({ provider: 'Airalo', position: 1 });
    const line = await ProviderAccount.inLine();
    expect(line.map(({ provider }) => provider)).to.have.members(['eSIM Card', 'MobiMatter', 'Airalo']);
    expect(line.every(({ isEnabled }) => isEnabled)).to.equal(true);
    expect(await ProviderAccount.count()).to.equal(1);
  });

  it('is one each', async () => {
    await ProviderAccount.create({ provider: 'Airalo', position: 1 });
    expect(await refusal(ProviderAccount.create({ provider: 'Airalo', position: 2 }))).to.equal(
      'errors.providerAccount.twin',
    );
    expect(await wall(insert('Airalo', true))).to.equal('unique');
  });

  it('is not switched off when it is the last that is on', async () => {
    await insert('Airalo', false);
    await insert('MobiMatter', false);
    expect(await wall(insert('eSIM Card', false))).to.equal('one wholesaler stays on');
    const last = await ProviderAccount.create({ provider: 'eSIM Card', position: 1 });
    expect(await refusal(last.update({ isEnabled: false }))).to.equal('errors.providerAccount.last');
    expect(await wall(sql('UPDATE provider_accounts SET is_enabled = FALSE'))).to.equal(
      'one wholesaler stays on',
    );
  });
});
