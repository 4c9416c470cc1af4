import { Router, type RequestHandler } from 'express';
import { MINUTE } from '../../lib/clock.js';
import { RateLimit } from '../wholesaler/rate-limit.js';
import { Tokens } from '../wholesaler/tokens.js';
import { invalid, refusals, success } from './refusals.js';

export interface AiraloCredentials {
  clientId: string;
  clientSecret: string;
}

const CLAIMED_LIFETIME_SECONDS = 31_622_400;

/** `POST /token`, and the check of what it gave out. */
export class TokenDesk {
  private readonly tokens = new Tokens();
  private readonly limit: RateLimit;

  constructor(
    private readonly credentials: AiraloCredentials,
    perMinute: number,
  ) {
    this.limit = new RateLimit(perMinute, MINUTE);
  }

  routes() {
    return Router().post('/token', this.issue);
  }

  readonly check: RequestHandler = (req, res, next) => {
    if (this.tokens.accepts(req)) return next();
    res.status(refusals.unauthorized.status).json(refusals.unauthorized.body);
  };

  clearLimit() {
    this.limit.clear();
  }

  private readonly issue: RequestHandler = (req, res) => {
    const {
      client_id: id,
      client_secret: secret,
      grant_type: grant,
    } = (req.body ?? {}) as Record<string, unknown>;
    const wait = this.limit.secondsToWait('token');
    if (wait)
      return void res.status(429).set('Retry-After', String(wait)).json(refusals['rate-limited'].body);
    if (id !== this.credentials.clientId) {
      return void res.status(422).json(invalid({ client_id: 'The selected client id is invalid.' }));
    }
    if (grant !== 'client_credentials') {
      return void res.status(422).json(invalid({ grant_type: 'The selected grant type is invalid.' }));
    }
    if (secret !== this.credentials.clientSecret) {
      return void res.status(401).json({ data: [], meta: { message: 'Client authentication failed' } });
    }
    res.json(
      success({
        token_type: 'Bearer',
        expires_in: CLAIMED_LIFETIME_SECONDS,
        access_token: this.tokens.issue(),
      }),
    );
  };
}
