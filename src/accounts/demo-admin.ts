import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { User } from '../models/index.js';
import { hashPassword } from './password.js';

const EMAIL = 'admin@numnaroad.example';

/** The demo's admin. The password is random, made once, and kept beside the data so that it can be shown at every start. */
export async function demoAdmin(dataDir: string) {
  const file = join(dataDir, 'demo-admin-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(9).toString('base64url'), { mode: 0o600 });
  const password = readFileSync(file, 'utf8');
  const known = await User.findOne({ where: { email: EMAIL } });
  if (!known) {
    const passwordHash = await hashPassword(password);
    await User.create({ email: EMAIL, name: 'Demo admin', role: 'admin', verified: true, passwordHash });
  }
  return { email: EMAIL, password };
}
