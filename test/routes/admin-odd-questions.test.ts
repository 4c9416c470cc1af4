import { expect } from 'chai';
import { aColleague } from '../support/staff.js';

const LISTS = [
  'orders',
  'reviews',
  'customers',
  'audit',
  'emails',
  'automation-logs',
  'webhooks',
  'products',
  'coupons',
];
const CURSORS = [
  '-99999999999999-aaaaaaaaaaaaaaa',
  '999999999999999-aaaaaaaaaaaaaaa',
  '00-aaaaaaaaaaaaaaa',
  'x'.repeat(90),
];
const ODD = [
  'from=0000-01-01',
  'to=9999-12-31',
  'from=1&from=2',
  'q=%ED%A0%80',
  'status[]=a',
  'sort=__proto__',
];

describe('The lists of the back office', () => {
  it('answer odd addresses with a page', async () => {
    const { visitor } = await aColleague();
    const wrong: string[] = [];
    for (const list of LISTS)
      for (const query of [...CURSORS.flatMap((cursor) => [`after=${cursor}`, `before=${cursor}`]), ...ODD]) {
        const { status } = await visitor.get(`/admin/${list}?${query}`);
        if (status !== 200 && status !== 400) wrong.push(`${status} ${list}?${query}`);
      }
    expect(wrong).to.deep.equal([]);
  });
});
