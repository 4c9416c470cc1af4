import { Router, json, urlencoded, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { controlPage } from './control-page.js';
import { FAULTS } from './faults.js';
import { Refusal } from './refusal.js';
import { FORGERIES } from './signature.js';
import type { StripeSimulator } from './simulator.js';
import { MODES } from './webhooks.js';

const times = z.coerce.number().int().min(1).optional();
const Nothing = z.object({});
const Delivery = z.object({ times });
const Forging = z.object({ forgery: z.enum(FORGERIES) });
const Mode = z.object({ mode: z.enum(MODES) });
const Endpoint = z.object({ url: z.url(), secret: z.string().optional() });
const Payment = z.object({ card: z.string().optional() });
const Transfer = z.object({ outcome: z.enum(['arrives', 'fails']) });
const Tampering = z.object({
  amount_total: z.coerce.number().int().exactOptional(),
  currency: z.string().exactOptional(),
});
const Settlement = z.object({ status: z.enum(['succeeded', 'failed']) });
const FaultOrder = z.object({ fault: z.enum(FAULTS), times });
const FaultName = z.object({ fault: z.enum(FAULTS) });

/** The levers of the handle, for another process or for a person with a browser. */
export function controlRoutes(sim: StripeSimulator) {
  const router = Router();
  router.use(json(), urlencoded({ extended: false }));

  router.get('/', (_req, res) => void res.send(controlPage(sim)));
  router.get('/ledger', (_req, res) => void res.json(sim.ledger()));
  router.get('/events', (_req, res) => void res.json(sim.events()));

  const post = <T>(path: string, schema: z.ZodType<T>, act: (input: T, id: string) => unknown) =>
    router.post(path, async (req: Request, res: Response) => {
      const result = await act(schema.parse(req.body ?? {}), String(req.params.id));
      if (req.accepts(['json', 'html']) === 'html') res.redirect(303, '/control');
      else res.json(result ?? { done: true });
    });

  post('/webhooks', Mode, ({ mode }) => sim.sendWebhooks(mode));
  post('/webhook-endpoint', Endpoint, ({ url, secret }) => sim.connectShop(url, secret));
  post('/deliveries', Nothing, () => sim.deliverAll());
  post('/events/:id/deliveries', Delivery, (input, id) => sim.deliver(id, input.times));
  post('/events/:id/forgeries', Forging, ({ forgery }, id) => sim.forge(id, forgery));

  post('/sessions/:id/payments', Payment, ({ card }, id) => sim.pay(id, card));
  post('/sessions/:id/transfers', Transfer, ({ outcome }, id) =>
    outcome === 'arrives' ? sim.transferArrives(id) : sim.transferFails(id),
  );
  post('/sessions/:id/expiry', Nothing, (_input, id) => sim.expire(id));
  post('/sessions/:id/tampering', Tampering, (change, id) => sim.tamper(id, change));
  post('/refunds/:id/settlement', Settlement, ({ status }, id) => sim.settleRefund(id, status));

  post('/faults', FaultOrder, (order) => sim.fault(order.fault, order.times));
  post('/faults/removal', FaultName, ({ fault }) => sim.lift(fault));
  post('/reset', Nothing, () => sim.reset());

  router.use(answerMistake);
  return router;
}

function answerMistake(error: unknown, _req: Request, res: Response, next: NextFunction) {
  if (error instanceof z.ZodError) res.status(400).json({ message: z.prettifyError(error) });
  else if (error instanceof Refusal) res.status(error.status).json({ message: error.message });
  else next(error);
}
