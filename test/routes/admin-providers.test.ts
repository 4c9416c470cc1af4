import { expect } from 'chai';
import { readDueBalance } from '../../src/fulfilment/provider-accounts.js';
import { HOUR, clock } from '../../src/lib/clock.js';
import { AuditLog, FulfilmentAttempt, ProviderAccount } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct, anOffer } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { aColleague } from '../support/staff.js';

const AIRALO = '/admin/providers/Airalo';
const MOBIMATTER = '/admin/providers/MobiMatter';
const ESIM_CARD = '/admin/providers/eSIM%20Card';

const names = async () => (await ProviderAccount.inLine()).map(({ provider }) => provider);
const triedAt = async () =>
  (await FulfilmentAttempt.findAll({ order: ['number'] })).map(({ provider }) => provider);

describe('Wholesalers in the back office', () => {
  it('switched off, one is not bought from; the next offer delivers', async () => {
    const { user, visitor } = await aColleague();
    const plan = await aProduct({ providerProductId: 'japan-7days-1gb' });
    await anOffer(plan, { providerProductId: 'MM-JP-12' });
    const question = await visitor.get(`${AIRALO}/switch-off`);
    expect(question.text).to.contain('Every plan for sale has another wholesaler.');
    expect((await visitor.post(`${AIRALO}/switch-off`, {})).location).to.equal('/admin/providers');
    await buy(plan);
    expect((await onlyOrder()).status).to.equal('completed');
    expect(await triedAt()).to.deep.equal(['MobiMatter']);
    const entry = await AuditLog.findOne({ where: { action: 'switch_off' }, rejectOnEmpty: true });
    expect(entry).to.include({ actorId: user.id, entity: 'provider_accounts' });
    expect(
      [entry.before, entry.after].map((facts) => (facts as { isEnabled: boolean }).isEnabled),
    ).to.deep.equal([true, false]);
    await visitor.post(`${AIRALO}/switch-on`, {});
    expect((await ProviderAccount.inLine()).every(({ isEnabled }) => isEnabled)).to.equal(true);
  });

  it('says how many plans nobody else could deliver before one is switched off', async () => {
    const { visitor } = await aColleague();
    await aProduct();
    expect((await visitor.get(`${AIRALO}/switch-off`)).text).to.contain(
      'One plan for sale has no other wholesaler',
    );
  });

  it('are never all off, whoever presses first', async () => {
    const { visitor } = await aColleague();
    const answers = await Promise.all(
      [AIRALO, MOBIMATTER, ESIM_CARD].map((path) => visitor.twin().post(`${path}/switch-off`, {})),
    );
    expect(answers.map(({ status }) => status)).to.have.members([303, 303, 422]);
    expectRefusal(
      answers.find(({ status }) => status === 422)!,
      422,
      'One wholesaler must stay on',
    );
    expect(await ProviderAccount.count({ where: { isEnabled: true } })).to.equal(1);
  });

  it('are asked in the order that staff chose, of offers with the same priority', async () => {
    const { visitor } = await aColleague();
    expect(await names()).to.deep.equal(['eSIM Card', 'MobiMatter', 'Airalo']);
    await visitor.post(`${AIRALO}/up`, {});
    await visitor.post(`${AIRALO}/up`, {});
    await visitor.post(`${AIRALO}/up`, {});
    expect(await names()).to.deep.equal(['Airalo', 'eSIM Card', 'MobiMatter']);
    const plan = await aProduct({
      provider: 'eSIM Card',
      providerProductId: '00306b97-0b66-42f8-bed2-29def8a0a12d',
    });
    await anOffer(plan, { providerProductId: 'MM-JP-12', costMinor: 100 });
    await anOffer(plan, { provider: 'Airalo', providerProductId: 'japan-7days-1gb', costMinor: 200 });
    world.esimCard.fault('sold-out');
    await buy(plan);
    expect(await triedAt()).to.deep.equal(['eSIM Card', 'Airalo']);
  });

  it('are asked for the balance by a press, and every hour; a refusal is shown in its words', async () => {
    const { visitor } = await aColleague('support');
    await visitor.post(`${AIRALO}/test`, {});
    const airalo = () => ProviderAccount.findOne({ where: { provider: 'Airalo' }, rejectOnEmpty: true });
    expect((await airalo()).balanceMinor).to.equal(world.airalo.balanceMinor());
    world.airalo.fault({ fault: 'unauthorized', times: 2 });
    await visitor.post(`${AIRALO}/test`, {});
    expect((await airalo()).balanceError).to.be.a('string');
    expect((await visitor.get('/admin/providers')).text).to.contain((await airalo()).balanceError!);
    clock.advance(HOUR);
    while (await readDueBalance());
    expect(await ProviderAccount.count({ where: { balanceError: null } })).to.equal(3);
    expect(await readDueBalance()).to.equal(false);
  });

  it('warn below an amount that staff types, and keep what cannot be read as it was typed', async () => {
    const { visitor } = await aColleague();
    await visitor.post(`${AIRALO}/low-balance`, { low_balance: '1,234.50' });
    expect((await ProviderAccount.findOne({ where: { provider: 'Airalo' } }))!.lowBalanceMinor).to.equal(
      123_450,
    );
    const page = await visitor.post(`${AIRALO}/low-balance`, { low_balance: 'a lot' });
    expect(page.status).to.equal(422);
    expect(page.$('input[value="a lot"]')).to.have.length(1);
    expect((await visitor.post('/admin/providers/Nobody/up', {})).status).to.equal(404);
    expect(await AuditLog.count({ where: { action: 'warn_below' } })).to.equal(1);
  });
});
