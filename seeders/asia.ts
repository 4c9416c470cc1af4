import type { Destination } from './destination.js';
import { hotspotLimited, local, passport, roaming, upTo4G } from './terms.js';

export const asia: Destination[] = [
  {
    name: 'Japan',
    country: 'JP',
    region: 'asia',
    networks: ['NTT docomo (5G)', 'SoftBank (5G)', 'KDDI au (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.50', '1.90', 'Airalo'],
      ['3GB', 15, '8.50', '4.40', 'MobiMatter'],
      ['10GB', 30, '17.90', '10.20', 'Airalo', 'featured'],
      ['3GB/day', 10, '29.00', '18.50', 'eSIM Card', 'featured'],
      ['2GB', 8, 'JPY 980', 'JPY 520', 'MobiMatter'],
      ['6GB', 15, 'JPY 1980', 'JPY 1180', 'Airalo'],
    ],
  },
  {
    name: 'South Korea',
    country: 'KR',
    region: 'asia',
    networks: ['SK Telecom (5G)', 'KT (5G)', 'LG U+ (4G)'],
    terms: { ...local, apn: 'lte.sktelecom.com' },
    plans: [
      ['1GB', 7, '4.00', '1.70', 'Airalo'],
      ['5GB', 15, '10.50', '5.60', 'eSIM Card'],
      ['2GB', 5, 'KRW 6900', 'KRW 3900', 'MobiMatter'],
      ['Unlimited', 10, 'KRW 39000', 'KRW 26500', 'Airalo', 'featured'],
    ],
  },
  {
    name: 'Thailand',
    country: 'TH',
    region: 'asia',
    networks: ['AIS (5G)', 'TrueMove H (5G)'],
    terms: { ...local, topUp: 'Yes, at any shop of the operator', apn: 'internet' },
    plans: [
      ['3GB', 15, '6.50', '3.10', 'Airalo'],
      ['15GB', 8, '8.90', '5.20', 'MobiMatter', 'featured'],
      ['50GB', 10, '11.90', '7.40', 'eSIM Card'],
    ],
  },
  {
    name: 'Vietnam',
    country: 'VN',
    region: 'asia',
    networks: ['Viettel (4G)', 'Vinaphone (4G)', 'MobiFone (4G)'],
    terms: { ...roaming, speed: upTo4G },
    plans: [
      ['1GB', 7, '3.90', '1.60', 'MobiMatter'],
      ['5GB', 30, '9.50', '4.80', 'Airalo'],
      ['2GB/day', 15, '21.00', '12.90', 'MobiMatter'],
    ],
  },
  {
    name: 'Indonesia',
    country: 'ID',
    region: 'asia',
    networks: ['Telkomsel (4G)', 'Indosat (4G)'],
    terms: { ...roaming, speed: upTo4G, installWithinDays: 30 },
    plans: [
      ['3GB', 30, '7.50', '3.90', 'eSIM Card'],
      ['10GB', 30, '15.90', '9.10', 'Airalo'],
    ],
  },
  {
    name: 'Singapore',
    country: 'SG',
    region: 'asia',
    networks: ['Singtel (5G)', 'StarHub (5G)', 'M1 (5G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '3.50', '1.40', 'Airalo'],
      ['5GB', 30, '9.00', '4.70', 'MobiMatter'],
    ],
  },
  {
    name: 'Malaysia',
    country: 'MY',
    region: 'asia',
    networks: ['CelcomDigi (5G)', 'Maxis (4G)', 'U Mobile (4G)'],
    terms: roaming,
    plans: [
      ['3GB', 15, '6.00', '2.80', 'MobiMatter'],
      ['10GB', 30, '14.50', '8.00', 'eSIM Card'],
    ],
  },
  {
    name: 'Taiwan',
    country: 'TW',
    region: 'asia',
    networks: ['Chunghwa Telecom (5G)', 'Taiwan Mobile (4G)', 'FarEasTone (4G)'],
    terms: { ...local, kyc: passport, apn: 'internet' },
    plans: [
      ['5GB', 7, '8.50', '4.60', 'Airalo'],
      ['2GB/day', 7, '16.90', '10.40', 'MobiMatter'],
    ],
  },
  {
    name: 'India',
    country: 'IN',
    region: 'asia',
    networks: ['Airtel (4G)', 'Jio (4G)'],
    terms: { ...roaming, speed: upTo4G, hotspot: null },
    plans: [
      ['1GB', 7, '5.50', '2.60', 'MobiMatter'],
      ['5GB', 30, '13.90', '7.90', 'eSIM Card'],
    ],
  },
  {
    name: 'Philippines',
    country: 'PH',
    region: 'asia',
    networks: ['Globe (5G)', 'Smart (5G)'],
    terms: { ...roaming, hotspot: hotspotLimited },
    plans: [
      ['3GB', 15, '8.90', '4.70', 'Airalo'],
      ['10GB', 30, '18.50', '11.00', 'MobiMatter'],
    ],
  },
];
