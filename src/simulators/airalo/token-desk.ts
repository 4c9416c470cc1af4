import { Router, type RequestHandler } from 'express';
import { MINUTE } from '../../lib/clock.js';
import { Answer } from '../wholesaler/answer.js';
import { RateLimit } from '../wholesaler/rate-limit.js';
import { Tokens } from '../wholesaler/tokens.js';
import { invalid, refusals, success } from './refusals.js';

export interface AiraloCredentials {
  clientId: string;
  clientSecret: string;
}

/** A year, as the real one says although the documentation says 24 hours. */
const CLAIMED_LIFETIME_SECONDS = 31_622_400;

/** `POST /token`, and the check of what it gave out (Airalo Partner API docs: request access token). */
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
    return Router().post('/token', (req, res) => {
      this.limit.count('token');
      this.mustKnow((req.body ?? {}) as Record<string, unknown>);
      const token = this.tokens.issue();
      res.json(success({ token_type: 'Bearer', expires_in: CLAIMED_LIFETIME_SECONDS, access_token: token }));
    });
  }

  readonly check: RequestHandler = (req, _res, next) => {
    if (!this.tokens.accepts(req)) throw new Answer(401, refusals.unauthorized.body);
    next();
  };

  clearLimit() {
    this.limit.clear();
  }

  private mustKnow({ client_id: id, client_secret: secret, grant_type: grant }: Record<string, unknown>) {
    if (id !== this.credentials.clientId) {
      throw new Answer(422, invalid({ client_id: 'The selected client id is invalid.' }));
    }
    if (grant !== 'client_credentials') {
      throw new Answer(422, invalid({ grant_type: 'The selected grant type is invalid.' }));
    }
    if (secret !== this.credentials.clientSecret) {
      throw new Answer(401, { data: [], meta: { message: 'Client authentication failed' } });
    }
  }
}
