import { expect } from 'chai';
import { withoutValues } from '../src/database.js';
import { quoted } from '../src/providers/outcomes.js';

describe('What reaches the log', () => {
  it('of a slow query is its shape, without the values that Sequelize writes into it', () => {
    const sql = `SELECT * FROM sessions WHERE sid = 'secret''s own' AND expires_at > 5`;
    expect(withoutValues(sql)).to.equal('SELECT * FROM sessions WHERE sid = ? AND expires_at > 5');
  });

  it('of a wholesaler’s words is nothing that opens an eSIM, names a person or carries a key', () => {
    const words = `no: 8910300000012345678, LPA:1$rsp.example$MATCH, "alice@example.com", Bearer abc.def\nnext`;
    expect(quoted(words)).to.equal('no: [cut], [cut] "[cut]", [cut] next');
  });
});
