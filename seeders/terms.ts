import type { Product } from '../src/models/product.js';

/** The terms of a plan in the words that its page shows; null is "Not stated by the operator". */
export type Terms = Pick<
  Product,
  'speed' | 'hotspot' | 'activationPolicy' | 'installWithinDays' | 'topUp' | 'kyc' | 'phoneNumber' | 'apn'
>;

const dataOnly = 'Data only: no phone number. WhatsApp keeps your own number.';

/** An eSIM of a foreign operator that roams: starts on arrival, can be topped up. */
export const roaming: Terms = {
  speed: '5G where the network offers it to visitors, 4G elsewhere',
  hotspot: 'Allowed',
  activationPolicy: 'first_use',
  installWithinDays: 90,
  topUp: 'Yes, while active and 30 days after',
  kyc: 'None',
  phoneNumber: dataOnly,
  apn: 'Automatic',
};

/** An eSIM of an operator of the country: fast, but its days count from the installation on. */
export const local: Terms = {
  ...roaming,
  speed: 'As fast as the network allows, 5G included',
  activationPolicy: 'installation',
  installWithinDays: 60,
  topUp: 'No: buy a new eSIM',
};

export const upTo4G = '4G, up to 50 Mbps';
export const passport = 'Passport photo needed before activation';
export const hotspotLimited = 'Allowed, 500 MB per day';
