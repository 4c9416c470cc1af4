import type { Destination } from './destination.js';
import { local, roaming } from './terms.js';

export const oceania: Destination[] = [
  {
    name: 'Australia',
    country: 'AU',
    region: 'oceania',
    networks: ['Telstra (5G)', 'Optus (5G)', 'Vodafone (5G)'],
    terms: { ...local, apn: 'yesinternet' },
    plans: [
      ['3GB', 15, '8.50', '4.50', 'Airalo'],
      ['10GB', 30, '19.50', '11.90', 'eSIM Card', 'featured'],
      ['2GB/day', 10, '27.00', '17.20', 'MobiMatter'],
    ],
  },
  {
    name: 'New Zealand',
    country: 'NZ',
    region: 'oceania',
    networks: ['Spark (5G)', 'One NZ (5G)', '2degrees (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.90', '2.20', 'eSIM Card'],
      ['5GB', 30, '15.50', '9.20', 'MobiMatter'],
    ],
  },
];
