import { expect } from 'chai';
import { AutomationLog, EmailLog, ProviderSyncLog, WebhookEvent } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';

import { buy, onlyOrder } from '../support/shopping.js';
import { work } from '../support/work.js';
import type { Page } from '../support/visitor.js';
import { aColleague } from '../support/staff.js';

const rows = (page: Page) => page.$('main tbody tr').length;

describe('The logs of the back office', () => {
  it('show every mail, by state, kind and recipient', async () => {
    await buy(await aProduct());
    const { visitor } = await aColleague('support');
    expect(rows(await visitor.get('/admin/emails?status=sent&kind=esim_ready'))).to.equal(1);
    expect(rows(await visitor.get('/admin/emails?recipient=Alice@Example.com'))).to.equal(2);
    expect((await visitor.get('/admin/emails?status=failed')).text).to.contain('No such mail.');
    expect(rows(await visitor.get('/admin/emails?status=stolen&before=nonsense'))).to.be.above(0);
  });

  it('go from page to page by the last row, under what was chosen', async () => {
    for (let number = 1; number <= 51; number += 1)
      await EmailLog.create({
        kind: 'registration',
        dedupeKey: `registration:${number}`,
        messageId: `<${number}@shop>`,
        recipient: `a${number}@example.com`,
        status: 'sent',
        created: new Date(1_750_000_000_000 + number),
      });
    const { visitor } = await aColleague('support');
    const first = await visitor.get('/admin/emails?status=sent');
    expect(rows(first)).to.equal(50);
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
    expect(rows(second)).to.equal(1);
    expect(second.text).to.contain('a1@example.com');
    expect(second.$('a:contains("First page")').attr('href')).to.equal('/admin/emails?status=sent');
  });

  it('show what happened to orders, with the way to each', async () => {
    await buy(await aProduct());
    const { visitor } = await aColleague('support');
    const page = await visitor.get('/admin/automation-logs?step=payment');
    expect(rows(page)).to.equal(await AutomationLog.count({ where: { step: 'payment' } }));
    expect(page.$(`a[href="/admin/orders/${(await onlyOrder()).publicId}"]`).length).to.be.above(0);
  });

  it('show the messages of Stripe; a replayed one changes nothing that is done', async () => {
    await buy(await aProduct());
    const before = await AutomationLog.count();
    const { visitor } = await aColleague();
    const event = (await WebhookEvent.findOne({ where: { type: 'checkout.session.completed' } }))!;
    const page = await visitor.get('/admin/webhooks?type=checkout.session.completed&state=processed');
    expect(rows(page)).to.equal(1);
    await visitor.post(`/admin/webhooks/${event.id}/replay`, {});
    await work();
    expect((await event.reload()).state).to.equal('processed');
    expect(await AutomationLog.count()).to.equal(before);
  });

  it('show how the catalogues were compared', async () => {
    const { visitor } = await aColleague('support');
    expect((await visitor.get('/admin/provider-sync-logs')).text).to.contain(
      'has been compared with ours yet',
    );
    await ProviderSyncLog.create({
      provider: 'Airalo',
      status: 'succeeded',
      updatedCount: 12,
      durationMs: 3400,
    });
    expect((await visitor.get('/admin/provider-sync-logs?provider=Airalo')).text).to.contain('3.4 s');
    expect(rows(await visitor.get('/admin/provider-sync-logs?provider=MobiMatter'))).to.equal(0);
  });
});
