import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** An issued profile as the wholesaler's books hold it. */
export interface IssuedEsim {
  simId: string;
  iccid: string;
  host: string;
  /** Null when the `no-code` fault kept it back. */
  matchingId: string | null;
}

export function issueEsim(iccid: string, host: string): IssuedEsim {
  return { simId: randomUUID(), iccid, host, matchingId: randomBytes(8).toString('hex').toUpperCase() };
}

/** `LPA:1$host$matching id` (GSMA SGP.22 4.1), or null without a code. */
export const lpaOf = ({ host, matchingId }: IssuedEsim) => matchingId && `LPA:1$${host}$${matchingId}`;

const linkTo = (setUpHost: string, esim: IssuedEsim) =>
  esim.matchingId && `https://${setUpHost}/esim_qrcode_provisioning?carddata=${lpaOf(esim)}`;

export const appleLink = (esim: IssuedEsim) => linkTo('esimsetup.apple.com', esim);
export const androidLink = (esim: IssuedEsim) => linkTo('esimsetup.android.com', esim);

/** Wholesalers' ICCIDs often fail the Luhn check, so every other one does: 19 digits that pass, 18 that fail. */
export function inventIccid(alreadyIssued: number) {
  return alreadyIssued % 2 === 0 ? passingLuhn(`8910300${digits(11)}`) : failingLuhn(`8910000${digits(10)}`);
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
const passingLuhn = (body: string) => `${body}${luhnDigit(body)}`;
const failingLuhn = (body: string) => `${body}${(luhnDigit(body) + 1) % 10}`;

function luhnDigit(body: string) {
  const sum = body
    .split('')
    .toReversed()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return (10 - (sum % 10)) % 10;
}
