import compression from 'compression';
import express from 'express';
import passport from 'passport';
import { fromRoot } from './lib/root.js';
import { assets } from './middleware/assets.js';
import { answerErrors, notFound } from './middleware/errors.js';
import { noNul } from './middleware/no-nul.js';
import { noStore, pageValues } from './middleware/page-values.js';
import { requestLog } from './middleware/request-log.js';
import { sameOriginOnly } from './middleware/same-origin.js';
import { permissionsPolicy, securityHeaders } from './middleware/security.js';
import { sessions } from './middleware/session.js';
import { account } from './routes/account/account.js';
import { accountClosing } from './routes/account/closing.js';
import { accountEmail } from './routes/account/email.js';
import { accountPassword } from './routes/account/password.js';
import { passwordReset } from './routes/account/password-reset.js';
import { registration } from './routes/account/registration.js';
import { accountSessions } from './routes/account/sessions.js';
import { admin } from './routes/admin/index.js';
import { cart } from './routes/cart.js';
import { checkout } from './routes/checkout.js';
import { checkoutReturn } from './routes/checkout-return.js';
import { contact } from './routes/contact.js';
import { destinations } from './routes/destinations.js';
import { health } from './routes/health.js';
import { help } from './routes/help.js';
import { home } from './routes/home.js';
import { orders } from './routes/orders.js';
import { withdrawal } from './routes/orders/withdrawal.js';
import { pages } from './routes/pages.js';
import { products } from './routes/products.js';
import { stripeWebhook } from './routes/webhooks/stripe.js';
import { wishlist } from './routes/wishlist.js';
import { settings } from './settings.js';
import { Views } from './views.js';

/** The shop as an Express app: the order of the lines is the way of a request, and the routers are the site map. */
export function createApp() {
  const app = express();
  const folder = fromRoot('views');
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy);
  app.set('query parser', 'simple');
  app.set('views', folder);
  app.engine('ejs', new Views(folder).engine);
  app.set('view engine', 'ejs');

  app.use(requestLog);
  app.use(securityHeaders);
  app.use(permissionsPolicy);
  app.use(health);
  app.use(stripeWebhook);

  app.use(compression());
  app.use(assets);
  app.use(sameOriginOnly);
  app.use(express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 200, inflate: false }));
  app.use(noNul);
  app.use(sessions);
  app.use(passport.session());
  app.use(pageValues);

  app.use(home);
  app.use(destinations);
  app.use(products);
  app.use(help);
  app.use(pages);
  app.use(noStore);
  app.use(cart);
  app.use(checkout);
  app.use(checkoutReturn);
  app.use(orders);
  app.use(withdrawal);
  app.use(wishlist);
  app.use(contact);
  app.use(accountSessions);
  app.use(registration);
  app.use(passwordReset);
  app.use(account);
  app.use(accountEmail);
  app.use(accountPassword);
  app.use(accountClosing);
  app.use(admin);

  app.use(notFound);
  app.use(answerErrors);
  return app;
}
