import { clock } from '../lib/clock.js';
import type { JsonAnswer } from '../lib/http.js';
import { describe, rejected, tooMany, type NoToken } from './outcomes.js';

export type Token = { kind: 'token'; token: string };

/** Keeps one token for all calls; any number of callers who need a new one share a single log-in. */
export class BearerSession {
  private held: { token: Token; until: number } | null = null;
  private loggingIn: Promise<Token | NoToken> | null = null;

  constructor(
    private readonly logIn: () => Promise<Token | NoToken>,
    private readonly lifeMs: number,
  ) {}

  /** A call answered 401 was not executed, so it is made again, once, with a new token: the only repetition there is. */
  async call(ask: (token: string) => Promise<JsonAnswer>): Promise<JsonAnswer | NoToken> {
    const first = await this.token();
    if (first.kind === 'no_token') return first;
    const answer = await ask(first.token);
    if (answer.kind !== 'answered' || answer.status !== 401) return answer;

    this.forget(first);
    const second = await this.token();
    if (second.kind === 'no_token') return second;
    return second.token === first.token ? answer : ask(second.token);
  }

  private async token() {
    if (this.held && clock.now() < this.held.until) return this.held.token;
    this.loggingIn ??= this.renew().finally(() => (this.loggingIn = null));
    return this.loggingIn;
  }

  private async renew() {
    const token = await this.logIn();
    if (token.kind === 'token') this.held = { token, until: clock.now() + this.lifeMs };
    return token;
  }

  /** Unless another call has renewed it meanwhile. */
  private forget(stale: Token) {
    if (this.held?.token === stale) this.held = null;
  }
}

/** Whatever goes wrong while logging in, no order was placed. */
export const noToken = (answer: JsonAnswer): NoToken => ({ kind: 'no_token', refusal: refusalOf(answer) });

function refusalOf(answer: JsonAnswer) {
  const message = `log-in failed: ${describe(answer)}`;
  if (answer.kind !== 'answered') return rejected('temporarily_unavailable', message);
  if (answer.status === 429) return tooMany(answer);
  const isRefused = [401, 403, 422].includes(answer.status);
  return rejected(isRefused ? 'misconfigured' : 'temporarily_unavailable', message);
}
