import type { Order } from '../models/index.js';

export interface Activation {
  /** SM-DP+ address: the server that the phone fetches the profile from. */
  smdp: string;
  /** What iPhones call "activation code": the matching id. */
  matchingId: string;
  /** What Android takes in one field: the whole code. */
  lpa: string;
}

/** The parts of `LPA:1$<SM-DP+>$<matching id>…` (GSMA SGP.22, section 4.1). Throws when it is not one. */
export function parseActivation(lpa: string): Activation {
  const [format, smdp, matchingId] = lpa.replace(/^LPA:/i, '').split('$');
  if (format !== '1' || !smdp || matchingId === undefined) throw new Error('Not an LPA activation code');
  return { smdp, matchingId, lpa };
}

/** What the order page and the mail offer to install an eSIM: codes apart, and one-tap links. */
export function installLinks(order: Order) {
  const lpa = order.esimActivationCode!;
  const { appleUrl, androidUrl, confirmationCode, apn } = order.esimDetails ?? {};
  return {
    ...parseActivation(lpa),
    confirmationCode: confirmationCode ?? null,
    apn: apn ?? order.terms.apn ?? null,
    appleUrl: appleUrl ?? `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${lpa}`,
    androidUrl: androidUrl ?? `https://esimsetup.android.com/esim_qrcode_provisioning?carddata=${lpa}`,
  };
}
