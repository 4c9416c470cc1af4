import { expect } from 'chai';
import { isCommon } from '../../src/accounts/common-passwords.js';
import { hashPassword, passwordFits } from '../../src/accounts/password.js';
import { isAddress } from '../../src/accounts/password-rules.js';

const GUESSED = [
  'password',
  'Password1',
  'P@ssw0rd!',
  'passw0rd2026',
  'PASSWORD',
  '12345678',
  '87654321',
  '123456789012',
  'qwertyuiop',
  'qwerty123',
  'Qwerty12345',
  '1234qwer',
  '1q2w3e4r',
  'zaq1xsw2',
  'qazwsxedc',
  'asdfghjkl',
  'abcdefgh',
  'aaaaaaaa',
  '11111111',
  'abababab',
  '12121212',
  'abc123abc123',
  'iloveyou',
  'ILoveYou1',
  'letmein1',
  'welcome1',
  'Welcome2026!',
  'admin123',
  'administrator',
  'sunshine',
  '$unshine1',
  'princess1',
  'football',
  'Summer2026!',
  'dragon12',
  'monkey123',
  'charlie1',
  'superman',
  'trustno1!',
  'starwars',
  '19901231',
  '31121990',
  'numnaroad',
  'NumnaRoad1',
  'passport',
  'michael1',
  'footballfootball',
  'ｐａｓｓｗｏｒｄ',
];

const GOOD = [
  'seven green suitcases',
  'correct horse battery staple',
  'sunshine on a rainy tuesday',
  'x7!Qz2kP',
  'vliegtuig raam',
  'k39fj2ld',
  'passwordpolicyfan',
  'dragonfruit smoothie',
  '비밀번호는 여덟 글자',
  '83610274',
  'tokyo-osaka-kyoto',
  'mypasswordisgoodenough',
];

describe('Passwords', () => {
  it('are refused when they are among the first guesses', () => {
    expect(GUESSED.filter((password) => !isCommon(password))).to.deep.equal([]);
  });

  it('may be anything else', () => {
    expect(GOOD.filter(isCommon)).to.deep.equal([]);
  });

  it('are not the address, nor its first part', () => {
    expect(isAddress(' Carol@Example.com', 'carol@example.com')).to.equal(true);
    expect(isAddress('CAROL', 'carol@example.com')).to.equal(true);
    expect(isAddress('carol and more', 'carol@example.com')).to.equal(false);
  });

  it('fit whole or not at all, and nobody’s fits nothing', async () => {
    const stored = await hashPassword('seven green suitcases');
    expect(await passwordFits(stored, 'seven green suitcases')).to.equal(true);
    expect(await passwordFits(stored, 'seven green suitcase')).to.equal(false);
    expect(await passwordFits(null, 'nobody has this password')).to.equal(false);
    expect(await passwordFits(stored, 'x'.repeat(1025))).to.equal(false);
    expect(await hashPassword('seven green suitcases')).to.not.equal(stored);
  });
});
