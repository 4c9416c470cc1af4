import { expect } from 'chai';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadSettings, readSettings } from '../src/settings.js';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'settings-'));

const PRODUCTION = {
  NODE_ENV: 'production',
  DATA_DIR,
  PUBLIC_URL: 'https://shop.example',
  SESSION_SECRET: 's'.repeat(32),
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  SMTP_URL: 'smtps://user:pass@mail.example',
  MAIL_FROM: 'Shop <shop@shop.example>',
  AIRALO_CLIENT_ID: 'id',
  AIRALO_CLIENT_SECRET: 'secret',
  TRUST_PROXY: '1',
};

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof BadSettings) return error.problems;
    throw error;
  }
}

describe('Settings', () => {
  it('need nothing outside production: the demo brings its own world', () => {
    const settings = readSettings({ DATA_DIR });
    expect(settings).to.include({
      demo: true,
      production: false,
      worker: 'inline',
      port: 3000,
      publicUrl: 'http://localhost:3000',
    });
    expect(settings.stripe.apiBase).to.equal('http://127.0.0.1:3001');
    expect(readSettings({ DATA_DIR }).sessionSecret).to.equal(settings.sessionSecret).and.to.have.length(64);
  });

  it('are no demo as soon as one of the outside world is given, and then must be whole', () => {
    expect(
      problemsOf({ DATA_DIR, STRIPE_SECRET_KEY: 'sk_test_1' }).map((problem) => problem.split(':')[0]),
    ).to.deep.equal(['STRIPE_WEBHOOK_SECRET', 'SMTP_URL', 'AIRALO_*, MOBIMATTER_*, ESIMCARD_*']);
  });

  it('are taken in production when they are whole', () => {
    expect(readSettings(PRODUCTION)).to.include({ production: true, demo: false, https: true });
    expect(readSettings(PRODUCTION).stripe).to.include({
      livemode: true,
      checkoutOrigin: 'https://checkout.stripe.com',
    });
  });

  it('say in production everything that is missing, at once', () => {
    const problems = problemsOf({ NODE_ENV: 'production', DATA_DIR });
    for (const name of [
      'PUBLIC_URL',
      'SESSION_SECRET',
      'MAIL_FROM',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
      'SMTP_URL',
    ]) {
      expect(
        problems.some((problem) => problem.startsWith(`${name}:`)),
        name,
      ).to.equal(true);
    }
  });

  for (const [what, change] of [
    ['a test key', { STRIPE_SECRET_KEY: 'sk_test_1' }],
    ['a simulated Stripe', { STRIPE_API_BASE: 'https://127.0.0.1:3001' }],
    ['a simulated wholesaler', { AIRALO_BASE_URL: 'https://localhost:3004/v2' }],
    ['a mailbox on this machine', { SMTP_URL: 'smtp://127.0.0.1:3003' }],
    ['a simulator in another spelling', { AIRALO_BASE_URL: 'https://[::ffff:127.0.0.1]:3004/v2' }],
    ['keys in clear text', { AIRALO_BASE_URL: 'http://partners-api.airalo.com/v2' }],
    ['no proxy in front', { TRUST_PROXY: '0' }],
    ['an empty webhook secret', { STRIPE_WEBHOOK_SECRET: ' , ' }],
    ['plain http', { PUBLIC_URL: 'http://shop.example' }],
    ['a short session secret', { SESSION_SECRET: 'short' }],
    ['several processes on SQLite', { WEB_CONCURRENCY: '2' }],
  ] as const) {
    it(`refuse ${what} in production`, () => {
      expect(problemsOf({ ...PRODUCTION, ...change })).to.have.length(1);
      expect(problemsOf({ ...PRODUCTION, ...change })[0]).to.match(
        new RegExp(`^${Object.keys(change)[0]}: `),
      );
    });
  }

  it('refuse a live key outside production', () => {
    expect(problemsOf({ ...PRODUCTION, NODE_ENV: 'development' })[0]).to.match(
      /^STRIPE_SECRET_KEY: a live key/,
    );
  });

  it('may come from a file', () => {
    const file = join(DATA_DIR, 'stripe-key');
    writeFileSync(file, 'sk_live_from_file\n');
    const { STRIPE_SECRET_KEY: _, ...rest } = PRODUCTION;
    expect(readSettings({ ...rest, STRIPE_SECRET_KEY_FILE: file }).stripe.secretKey).to.equal(
      'sk_live_from_file',
    );
  });

  it('refuse what cannot be read as what it should be', () => {
    expect(problemsOf({ DATA_DIR, PORT: 'abc' })[0]).to.match(/^PORT: /);
    expect(problemsOf({ DATA_DIR, DATABASE_URL: 'mysql://x' })[0]).to.match(/^DATABASE_URL: /);
  });
});
