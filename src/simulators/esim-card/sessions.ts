import { Router, type RequestHandler } from 'express';
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

  readonly check: RequestHandler = (req, res, next) => {
    if (this.tokens.accepts(req) || bearerOf(req) === this.credentials.token) return next();
    res.status(refusals.unauthorized.status).json(refusals.unauthorized.body);
  };

  private readonly logIn: RequestHandler = (req, res) => {
    const { email, password } = (req.body ?? {}) as Record<string, unknown>;
    if (email !== this.credentials.email || password !== this.credentials.password) {
      return void res.status(401).json({ status: false, message: 'Invalid login details' });
    }
    const user = { id: 296, name: 'testUser', email, balance: 0 };
    res.json({ status: true, access_token: this.tokens.issue('34343178|'), token_type: 'Bearer', user });
  };

  private readonly logOut: RequestHandler = (req, res) => {
    if (this.tokens.revoke(req)) return void res.json({ status: true, message: 'Logged out successfully' });
    res.status(401).json({ status: false, message: 'Token is invalid or expired' });
  };
}
