import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Mail, MailAttachment } from './mail.js';
import { listPage, mailPage } from './pages.js';
import { MAIL_FAULTS, type PostOffice } from './post-office.js';
import type { Shelf } from './shelf.js';

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'";
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
const FILE_POLICY = "default-src 'none'; sandbox";

const FaultOrder = z.object({ fault: z.enum(MAIL_FAULTS), times: z.coerce.number().int().min(1).optional() });

/** The mailbox in a browser, and for another process as JSON. */
export function mailboxRoutes(shelf: Shelf, office: PostOffice) {
  const app = express().disable('x-powered-by').disable('etag');
  app.use(protect, express.json());

  app.get('/', (_req, res) => void res.send(listPage(newestFirst(shelf))));
  app.get(
    '/mails.json',
    (req, res) => void res.json(newestFirst(shelf).filter(sentTo(req.query.to)).map(listed)),
  );
  app.get(
    '/mails/:id.json',
    withMail(shelf, (mail, res) => void res.json(mail)),
  );
  app.get(
    '/mails/:id',
    withMail(shelf, (mail, res) => void res.send(mailPage(mail))),
  );
  app.get('/mails/:id/html', withMail(shelf, sendHtml));
  app.get('/mails/:id/attachments/:index', withMail(shelf, sendAttachment));

  app.post('/control/faults', (req, res) => {
    const { fault, times } = FaultOrder.parse(req.body);
    office.faults.order(fault, times);
    res.json({ done: true });
  });
  app.post('/control/reset', (_req, res) => {
    office.faults.liftAll();
    shelf.clear();
    res.json({ done: true });
  });
  app.use(answerMistake);
  return app;
}

function protect(_req: Request, res: Response, next: NextFunction) {
  res.set({
    'Content-Security-Policy': PAGE_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  next();
}

const newestFirst = (shelf: Shelf) => shelf.all().toReversed();

const sentTo = (address: unknown) => (mail: Mail) => typeof address !== 'string' || mail.to.includes(address);

/** A list needs no files. */
const listed = (mail: Mail) => ({
  ...mail,
  attachments: mail.attachments.map(({ filename, contentType, size, cid }) => ({
    filename,
    contentType,
    size,
    cid,
  })),
});

type Show = (mail: Mail, res: Response, req: Request) => void;

const withMail = (shelf: Shelf, show: Show) => (req: Request, res: Response) => {
  const mail = shelf.get(String(req.params.id));
  if (mail) show(mail, res, req);
  else res.status(404).send('No such mail');
};

function sendHtml(mail: Mail, res: Response) {
  res.set('Content-Security-Policy', MAIL_POLICY);
  res.send(`<base target="_blank">${mail.html ?? ''}`);
}

function sendAttachment(mail: Mail, res: Response, req: Request) {
  const file = mail.attachments[Number(req.params.index)];
  if (file) sendFile(file, res);
  else res.status(404).send('No such attachment');
}

function sendFile({ filename, contentType, base64 }: MailAttachment, res: Response) {
  res.set('Content-Security-Policy', FILE_POLICY).attachment(filename).type(contentType);
  res.send(Buffer.from(base64, 'base64'));
}

function answerMistake(error: unknown, _req: Request, res: Response, next: NextFunction) {
  if (error instanceof z.ZodError) res.status(400).json({ message: z.prettifyError(error) });
  else next(error);
}
