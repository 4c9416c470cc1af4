import type { BrowserContext, ConsoleMessage, Request, Response } from 'playwright-core';
import { shopUrl, world } from './environment.js';

/** Chromium writes every refusal to the console; a page that the shop answers with 4xx is a page all the same. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;

const isAsset = (url: string) => new URL(url).pathname.startsWith('/assets/');

/** Notes whatever goes wrong in a browser without being seen on the page. */
export class Watch {
  private readonly problems: string[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => this.readConsole(message));
    context.on('weberror', (error) => this.problems.push(`script error: ${error.error().message}`));
    context.on('request', (request) => this.checkOrigin(request));
    context.on('requestfailed', (request) => this.checkFailure(request));
    context.on('response', (response) => this.checkStatus(response));
  }

  /** Throws what the journey throws, and all that was noted during it. */
  async during(journey: () => Promise<void>) {
    try {
      await journey();
    } catch (error) {
      if (error instanceof Error) error.message += this.report();
      throw error;
    }
    if (this.problems.length > 0) throw new Error(`The browser complained:${this.report()}`);
  }

  private report() {
    return this.problems.map((problem) => `\n  ${problem}`).join('');
  }

  private readConsole(message: ConsoleMessage) {
    if (message.type() !== 'error' || REFUSED.test(message.text())) return;
    this.problems.push(`console: ${message.text()}`);
  }

  private checkOrigin(request: Request) {
    const { origin, protocol } = new URL(request.url());
    if (protocol === 'data:' || origin === shopUrl || origin === world.stripe.url) return;
    this.problems.push(`third party: ${request.url()}`);
  }

  private checkFailure(request: Request) {
    const reason = request.failure()?.errorText;
    // Whoever follows a link leaves the rest of the page unloaded.
    if (reason !== 'net::ERR_ABORTED') this.problems.push(`request failed: ${request.url()} ${reason}`);
  }

  private checkStatus(response: Response) {
    if (response.status() >= 500 || (response.status() >= 400 && isAsset(response.url())))
      this.problems.push(`answered ${response.status()}: ${response.url()}`);
  }
}
