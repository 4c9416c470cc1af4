import type { Destination } from './destination.js';
import { local, passport, roaming, upTo4G } from './terms.js';

export const africaAndMiddleEast: Destination[] = [
  {
    name: 'Türkiye',
    country: 'TR',
    region: 'middle-east',
    networks: ['Turkcell (4G)', 'Vodafone (4G)', 'Türk Telekom (4G)'],
    terms: { ...roaming, speed: upTo4G },
    plans: [
      ['1GB', 7, '3.90', '1.60', 'Airalo'],
      ['5GB', 30, '9.90', '5.20', 'MobiMatter'],
      ['20GB', 30, '21.50', '13.60', 'eSIM Card'],
    ],
  },
  {
    name: 'United Arab Emirates',
    country: 'AE',
    region: 'middle-east',
    networks: ['e& (5G)', 'du (5G)'],
    terms: { ...roaming, phoneNumber: `${roaming.phoneNumber} Calls over the internet are blocked here.` },
    plans: [
      ['1GB', 7, '5.90', '2.90', 'MobiMatter'],
      ['5GB', 30, '18.50', '11.40', 'Airalo'],
    ],
  },
  {
    name: 'Saudi Arabia',
    country: 'SA',
    region: 'middle-east',
    networks: ['stc (5G)', 'Mobily (4G)', 'Zain (4G)'],
    terms: { ...roaming, installWithinDays: null },
    plans: [
      ['3GB', 15, '12.90', '7.60', 'eSIM Card'],
      ['10GB', 30, '28.00', '18.20', 'Airalo'],
    ],
  },
  {
    name: 'Egypt',
    country: 'EG',
    region: 'africa',
    networks: ['Vodafone (4G)', 'Orange (4G)', 'e& (4G)'],
    terms: { ...roaming, speed: upTo4G, topUp: null },
    plans: [
      ['1GB', 7, '6.50', '3.20', 'Airalo'],
      ['5GB', 30, '19.90', '12.50', 'MobiMatter'],
    ],
  },
  {
    name: 'Morocco',
    country: 'MA',
    region: 'africa',
    networks: ['Maroc Telecom (4G)', 'Orange (4G)', 'inwi (4G)'],
    terms: { ...roaming, speed: null },
    plans: [
      ['3GB', 30, '14.50', '8.60', 'MobiMatter'],
      ['10GB', 30, '33.00', '22.00', 'Airalo'],
    ],
  },
  {
    name: 'South Africa',
    country: 'ZA',
    region: 'africa',
    networks: ['Vodacom (5G)', 'MTN (5G)'],
    terms: { ...local, kyc: passport, apn: 'internet' },
    plans: [
      ['3GB', 30, '11.90', '6.80', 'eSIM Card'],
      ['10GB', 30, '26.00', '16.70', 'MobiMatter'],
    ],
  },
  {
    name: 'Kenya',
    country: 'KE',
    region: 'africa',
    networks: ['Safaricom (4G)', 'Airtel (4G)'],
    terms: { ...roaming, speed: upTo4G, hotspot: 'Not allowed' },
    plans: [
      ['1GB', 7, '5.00', '2.40', 'eSIM Card'],
      ['5GB', 30, '16.90', '10.30', 'Airalo'],
    ],
  },
];
