import { Router, type RequestHandler } from 'express';
import { Answer } from '../wholesaler/answer.js';
import { Tokens, bearerOf } from '../wholesaler/tokens.js';
import { refusals } from './refusals.js';

export interface EsimCardCredentials {
  email: string;
  password: string;
  /** One made in the portal, which never expires. */
  token: string;
}

/** `POST /login`, `POST /logout`, and the check of a token from either source. */
export class Sessions {
  private readonly tokens = new Tokens();

  constructor(private readonly credentials: EsimCardCredentials) {}

  routes() {
    return Router().post('/login', this.logIn).post('/logout', this.logOut);
  }

  readonly check: RequestHandler = (req, _res, next) => {
    const known = this.tokens.accepts(req) || bearerOf(req) === this.credentials.token;
    if (!known) throw new Answer(401, refusals.unauthorized.body);
    next();
  };

  private readonly logIn: RequestHandler = (req, res) => {
    const { email, password } = (req.body ?? {}) as Record<string, unknown>;
    const known = email === this.credentials.email && password === this.credentials.password;
    if (!known) throw new Answer(401, { status: false, message: 'Invalid login details' });
    const user = { id: 296, name: 'testUser', email, balance: 0 };
    res.json({ status: true, access_token: this.tokens.issue('34343178|'), token_type: 'Bearer', user });
  };

  private readonly logOut: RequestHandler = (req, res) => {
    const known = this.tokens.revoke(req);
    if (!known) throw new Answer(401, { status: false, message: 'Token is invalid or expired' });
    res.json({ status: true, message: 'Logged out successfully' });
  };
}
