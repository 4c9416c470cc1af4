import { createHmac } from 'node:crypto';
import { nowSeconds } from './objects.js';

export function signature(payload: string, secret: string, timestamp = nowSeconds()) {
  const hash = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${hash}`;
}

export const FORGERIES = [
  'wrong-secret',
  'stale-timestamp',
  'future-timestamp',
  'altered-body',
  'no-signature',
  'live-mode',
] as const;
export type Forgery = (typeof FORGERIES)[number];

/** A second more than what is forgiven. */
const OFF_BY_SECONDS = 301;

/** What a cheat, or an endpoint of the other mode, would send in place of the event. */
export function forged(payload: string, secret: string, forgery: Forgery): { body: string; header: string } {
  const live = payload.replace('"livemode":false', '"livemode":true');
  const forgeries: Record<Forgery, { body: string; header: string }> = {
    'wrong-secret': { body: payload, header: signature(payload, 'whsec_someone_else') },
    'stale-timestamp': { body: payload, header: signature(payload, secret, nowSeconds() - OFF_BY_SECONDS) },
    // A minute more, for the time on the way.
    'future-timestamp': {
      body: payload,
      header: signature(payload, secret, nowSeconds() + OFF_BY_SECONDS + 60),
    },
    'altered-body': { body: `${payload} `, header: signature(payload, secret) },
    'no-signature': { body: payload, header: '' },
    'live-mode': { body: live, header: signature(live, secret) },
  };
  return forgeries[forgery];
}
