import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import type { SMTPServerEnvelope } from 'smtp-server';
import { clock } from '../../lib/clock.js';

export interface Mail {
  id: string;
  receivedAt: string;
  from: string;
  /** Who it was handed over for, whatever the headers say. */
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  /** Images named by `cid:` are already inside. Null when there is no such part. */
  html: string | null;
  headers: Record<string, string>;
  attachments: MailAttachment[];
}

export interface MailAttachment {
  filename: string;
  contentType: string;
  size: number;
  /** Shown inside the HTML part under this name. */
  cid: string | null;
  base64: string;
}

export async function readMail(stream: Readable, { rcptTo }: SMTPServerEnvelope): Promise<Mail> {
  const parsed = await simpleParser(stream);
  return {
    id: randomUUID(),
    receivedAt: clock.date().toISOString(),
    from: addressesOf(parsed.from),
    to: rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html: parsed.html || null,
    headers: headersOf(parsed),
    attachments: parsed.attachments.map(keptAttachment),
  };
}

const addressesOf = (from: AddressObject | undefined) => from?.text ?? '';

function headersOf({ headerLines }: ParsedMail) {
  return Object.fromEntries(headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()]));
}

const keptAttachment = ({ filename, contentType, size, cid, content }: Attachment): MailAttachment => ({
  filename: filename ?? 'unnamed',
  contentType,
  size,
  cid: cid ?? null,
  base64: content.toString('base64'),
});
