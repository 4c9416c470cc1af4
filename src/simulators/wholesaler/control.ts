import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { controlPage } from './control-page.js';
import { FAULTS } from './faults.js';
import type { Wholesaler } from './wholesaler.js';

/** A form sends an empty field where JSON leaves it out. */
const unlessBlank = <T extends z.ZodType>(field: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), field.optional());

const wholeNumber = z.coerce.number().int();
const FaultForm = z.strictObject({
  fault: z.enum(FAULTS),
  sku: unlessBlank(z.string()),
  times: unlessBlank(wholeNumber.positive()),
  ms: unlessBlank(wholeNumber.nonnegative()),
  lookUps: unlessBlank(wholeNumber.nonnegative()),
});
const FaultName = z.object({ fault: unlessBlank(z.enum(FAULTS)) }).default({});
const Balance = z.strictObject({ minor: wholeNumber });

const changing =
  (change: (input: unknown) => void): RequestHandler =>
  (req, _res, next) => {
    change(req.body);
    next();
  };

/** For tests in another process and for a person with a browser: a form posts where a program puts or deletes. */
export function control(wholesaler: Wholesaler, reset: () => void) {
  const { books, faults } = wholesaler;
  const switchOn = changing((input) => faults.switchOn(FaultForm.parse(input)));
  const switchOff = changing((input) => faults.switchOff(FaultName.parse(input).fault));
  const setBalance = changing((input) => books.setBalance(Balance.parse(input).minor));
  const startOver = changing(reset);

  const showState = (_req: Request, res: Response) =>
    void res.json({ balanceMinor: books.balanceMinor(), faults: faults.active() });

  const routes = Router();
  routes.get('/', (req, res) => void res.type('html').send(controlPage(wholesaler, req.baseUrl)));
  routes.get('/ledger', (_req, res) => void res.json(books.ledger()));
  routes.get('/faults', showState);
  routes.put('/faults', switchOn, showState);
  routes.delete('/faults', switchOff, showState);
  routes.put('/balance', setBalance, showState);
  routes.delete('/ledger', startOver, showState);
  routes.post('/faults', switchOn, backToPage);
  routes.post('/faults/removal', switchOff, backToPage);
  routes.post('/balance', setBalance, backToPage);
  routes.use(refuseInput);
  return routes;
}

const backToPage = (req: Request, res: Response) => res.redirect(303, req.baseUrl);

function refuseInput(error: Error, _req: Request, res: Response, _next: NextFunction) {
  res.status(400).json({ message: error.message });
}
