import { Secret, TOTP } from 'otpauth';
import { clock } from '../../src/lib/clock.js';
import { confirm } from './members.js';
import type { Visitor } from './visitor.js';

/** A phone's app: reads the secret and shows a code for the moment, `ahead` steps of thirty seconds from now. */
export function appWith(secret: string) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) });
  return { code: (ahead = 0) => totp.generate({ timestamp: clock.now() + ahead * 30_000 }) };
}

/** Somebody of the staff sets up the second step; the code that they type is of the step before, so that the present one is left. */
export async function setUpTwoStep(visitor: Visitor) {
  await confirm(visitor);
  const page = await visitor.get('/admin/two-step/new');
  const app = appWith(page.$('code').first().text());
  const done = await visitor.post('/admin/two-step/new', { code: app.code(-1) });
  const recoveryCodes = done
    .$('.admin-codes code')
    .toArray()
    .map((code) => done.$(code).text());
  return { app, done, recoveryCodes };
}
