import { expect } from 'chai';
import type { CreationAttributes } from 'sequelize';
import { hashPassword } from '../../src/accounts/password.js';
import type { User } from '../../src/models/index.js';
import { world } from './environment.js';
import { aUser } from './factories.js';
import { Visitor, type Page } from './visitor.js';
import { work } from './work.js';

export const PASSWORD = 'seven green suitcases';

/** Hashing takes a while, and everybody here has the same password. */
const passwordHash = hashPassword(PASSWORD);

/** Somebody with an account; confirmed unless told otherwise. */
export const aMember = async (values: Partial<CreationAttributes<User>> = {}) =>
  aUser({ passwordHash: await passwordHash, ...values });

export const logIn = (visitor: Visitor, user: User, password = PASSWORD): Promise<Page> =>
  visitor.post('/login', { email: user.email, password });

/** Somebody of the staff shows once more who they are, as refunds, roles and the like ask for. */
export const confirm = (visitor: Visitor, form: Record<string, string> = {}): Promise<Page> =>
  visitor.post('/admin/confirm', { password: PASSWORD, ...form });

/** Somebody of the staff, logged in; an admin unless told otherwise. */
export async function aLoggedInColleague(values: Partial<CreationAttributes<User>> = {}) {
  const user = await aMember({ role: 'admin', ...values });
  const visitor = new Visitor();
  await logIn(visitor, user);
  return { user, visitor };
}

/** A member who has logged in. */
export async function aLoggedInMember(values: Partial<CreationAttributes<User>> = {}) {
  const user = await aMember(values);
  const visitor = new Visitor();
  const { location } = await logIn(visitor, user);
  if (location !== '/account') throw new Error(`Not logged in, but sent to ${location}`);
  return { user, visitor };
}

export const NEW_ADDRESS = 'carol@example.com';

/** Carol fills in the form for a new account. */
export const register = (visitor = new Visitor(), form: Record<string, string> = {}): Promise<Page> =>
  visitor.post('/register', { email: NEW_ADDRESS, name: 'Carol', password: PASSWORD, ...form });

export const isLoggedIn = async (visitor: Visitor) => (await visitor.get('/account')).status === 200;

/** Lets the worker send what is due, and gives the newest mail to this address. */
export async function mailTo(address: string) {
  await work();
  const mail = world.mailbox.mails().findLast(({ to }) => to.includes(address));
  if (!mail) throw new Error(`No mail to ${address}`);
  return mail;
}

/** Where the link in the newest mail to this address leads. */
export async function linkTo(address: string): Promise<string> {
  const url = /https?:\/\/\S+\?token=[\w-]{43}/.exec((await mailTo(address)).text)?.[0];
  if (!url) throw new Error(`No link in the mail to ${address}`);
  return url.slice(new URL(url).origin.length);
}

export const tokenIn = (path: string) => new URL(path, 'http://shop').searchParams.get('token')!;

export async function tokenTo(address: string) {
  return tokenIn(await linkTo(address));
}

/** A page that says no in a sentence, and nothing of the shop's insides. */
export function expectRefusal(page: Page, status: number, sentence: string) {
  expect(page.status, page.text).to.equal(status);
  expect(page.text).to.contain(sentence);
  expect(page.html).to.not.match(/node_modules|\bat .+\.(ts|js):\d+/);
}
