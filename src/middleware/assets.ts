import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express, { Router } from 'express';
import { fromRoot } from '../lib/root.js';

const HTMX = fromRoot('node_modules', 'htmx.org', 'dist', 'htmx.min.js');
const urls = new Map<string, string>();

/** `/assets/shop.css?v=…`: the address changes with the content, so browsers may keep it for ever. */
export function assetUrl(name: string): string {
  let url = urls.get(name);
  if (!url) {
    const content = readFileSync(name === 'htmx.min.js' ? HTMX : fromRoot('public', name));
    url = `/assets/${name}?v=${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
    urls.set(name, url);
  }
  return url;
}

const forEver = { immutable: true, maxAge: '1y', index: false, dotfiles: 'ignore' } as const;

export const assets = Router()
  .get('/assets/htmx.min.js', (_req, res) => res.sendFile(HTMX, { immutable: true, maxAge: '1y' }))
  .use('/assets', express.static(fromRoot('public'), forEver));
