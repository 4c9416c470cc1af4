import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { settings } from '../settings.js';

/** Headers of every answer. No third party, nothing inline, no eval; a form may lead to this shop or to Stripe's page. */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'", settings.stripe.checkoutOrigin],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: settings.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  // Both make a browser warn on plain http with a real host name.
  crossOriginOpenerPolicy: settings.https,
  originAgentCluster: settings.https,
});

/** The shop asks for none of a browser's powers; helmet has no setting for saying so. */
export function permissionsPolicy(_req: Request, res: Response, next: NextFunction) {
  res.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  next();
}
