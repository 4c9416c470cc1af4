import type { Destination } from './destination.js';
import { local, roaming, upTo4G } from './terms.js';

export const americas: Destination[] = [
  {
    name: 'United States',
    country: 'US',
    region: 'north-america',
    networks: ['T-Mobile (5G)', 'AT&T (5G)', 'Verizon (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.50', '2.00', 'MobiMatter'],
      ['5GB', 30, '14.00', '8.10', 'Airalo', 'featured'],
      ['20GB', 30, '32.00', '21.00', 'eSIM Card'],
      ['2GB/day', 14, '42.00', '28.00', 'Airalo'],
    ],
  },
  {
    name: 'Canada',
    country: 'CA',
    region: 'north-america',
    networks: ['Rogers (5G)', 'Bell (5G)', 'Telus (4G)'],
    terms: { ...roaming, topUp: null },
    plans: [
      ['3GB', 30, '13.50', '7.80', 'Airalo'],
      ['10GB', 30, '29.00', '18.90', 'MobiMatter'],
    ],
  },
  {
    name: 'Mexico',
    country: 'MX',
    region: 'latin-america',
    networks: ['Telcel (5G)', 'AT&T México (4G)'],
    terms: {
      ...local,
      phoneNumber: 'A Mexican number for data and calls within Mexico',
      apn: 'internet.itelcel.com',
    },
    plans: [
      ['3GB', 15, '9.90', '5.60', 'eSIM Card'],
      ['10GB', 30, '21.00', '13.00', 'Airalo'],
    ],
  },
  {
    name: 'Brazil',
    country: 'BR',
    region: 'latin-america',
    networks: ['Vivo (4G)', 'Claro (4G)', 'TIM (4G)'],
    terms: { ...roaming, speed: upTo4G },
    plans: [
      ['1GB', 7, '5.90', '2.90', 'MobiMatter'],
      ['5GB', 30, '17.50', '10.70', 'eSIM Card'],
    ],
  },
  {
    name: 'Argentina',
    country: 'AR',
    region: 'latin-america',
    networks: ['Personal (4G)', 'Claro (4G)', 'Movistar (4G)'],
    terms: { ...roaming, speed: null },
    plans: [
      ['3GB', 15, '12.50', '7.20', 'Airalo'],
      ['10GB', 30, '31.00', '20.50', 'MobiMatter'],
    ],
  },
];
