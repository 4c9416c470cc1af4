import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isAddress, newPassword } from '../accounts/password-rules.js';
import { closeDatabase, openDatabase } from '../database.js';
import { ShopError } from '../errors.js';
import { translator } from '../lib/i18n.js';
import { createAdmin } from '../staff/create-admin.js';
import { migrate } from './migrations.js';

const USAGE = `Usage: npm run admin:create -- EMAIL [--password-stdin]

Makes an admin with a new account, and shows its password once. An address that has an account is refused: another admin
gives it a role in the back office.

  --password-stdin  take the password from standard input instead of making one`;

const words = translator('en');
const asked = readArguments();
if (!asked) fail(USAGE, 2);
else await create(asked.email, asked.fromInput);

function readArguments() {
  try {
    const options = { 'password-stdin': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [email] = positionals;
    const known = email !== undefined && positionals.length === 1;
    return known ? { email, fromInput: values['password-stdin'] === true } : null;
  } catch {
    return null;
  }
}

async function create(email: string, fromInput: boolean) {
  const password = fromInput ? firstLine(await text(process.stdin)) : randomBytes(18).toString('base64url');
  const flaw = newPassword.safeParse(password).error?.issues[0]?.message;
  if (flaw) return fail(words(flaw), 1);
  if (isAddress(password, email)) return fail(words('errors.password.address'), 1);
  await openDatabase();
  try {
    await migrate();
    await createAdmin(email, password);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return fail(`${error.message} Nothing was changed.`, 1);
  } finally {
    await closeDatabase();
  }
  console.log(`${email} is an admin now.`);
  if (!fromInput) console.log(`Password, shown only this once: ${password}`);
}

function fail(message: string, code: number) {
  console.error(message);
  process.exitCode = code;
}

function firstLine(input: string) {
  return input.split(/\r?\n/, 1)[0]!;
}
