import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { startWork } from '../../src/operations/work.js';
import { shopUrl } from './environment.js';
import { Watch } from './browser-watch.js';

export type { Page } from 'playwright-core';

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
} as const;
const DESKTOP = { viewport: { width: 1280, height: 900 } } as const;

/** No sandbox, as tests run as root in containers; nothing that talks to the outside by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-default-browser-check',
];

const EXECUTABLE = findChromium();
const MISSING = 'no Chromium found (CHROMIUM_PATH, /usr/bin/chromium, PATH); apt-get install chromium';

let browser: Promise<Browser> | undefined;

type Journey = (page: Page) => Promise<void>;

/**
 * Somebody at a browser: `browsing.withJavaScript.onPhone(async (page) => …)`. The journey fails on any console error,
 * breach of the content security policy, failed request, or request to a third party.
 */
export const browsing = {
  withJavaScript: devices({ javaScriptEnabled: true }),
  withoutJavaScript: devices({ javaScriptEnabled: false }),
};

function devices(options: BrowserContextOptions) {
  return {
    onPhone: (journey: Journey) => travel({ ...options, ...PHONE }, journey),
    onDesktop: (journey: Journey) => travel({ ...options, ...DESKTOP }, journey),
  };
}

async function travel(options: BrowserContextOptions, journey: Journey) {
  browser ??= chromium.launch({ executablePath: EXECUTABLE!, args: FLAGS });
  const context = await (await browser).newContext({ baseURL: shopUrl, ...options });
  context.setDefaultTimeout(8000);
  const watch = new Watch(context);
  try {
    await watch.during(() => context.newPage().then(journey));
  } finally {
    await context.close();
  }
}

/** Like `describe`, in a shop whose worker is running. Without Chromium the tests are skipped aloud, or fail where CI is set. */
export function describeInBrowser(title: string, tests: () => void) {
  describe(title, function () {
    this.timeout(30_000);
    let stopWork = async () => {};

    before(function () {
      if (EXECUTABLE) return;
      if (process.env.CI) throw new Error(MISSING);
      console.error(`\n    SKIPPED: ${title}: ${MISSING}\n`);
      this.skip();
    });
    beforeEach(() => {
      stopWork = startWork();
    });
    afterEach(() => stopWork());

    tests();
  });
}

after(async () => {
  await (await browser)?.close();
  browser = undefined;
});

function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const usual = ['/usr/bin/chromium', ...PATH.split(':').map((folder) => join(folder, 'chromium'))];
  return (CHROMIUM_PATH ? [CHROMIUM_PATH] : usual).find(isExecutable);
}

function isExecutable(file: string) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
