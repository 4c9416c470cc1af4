import type { Destination } from './destination.js';
import { hotspotLimited, local, roaming } from './terms.js';

export const europe: Destination[] = [
  {
    name: 'France',
    country: 'FR',
    region: 'europe',
    networks: ['Orange (5G)', 'SFR (5G)', 'Bouygues Telecom (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.50', '1.90', 'MobiMatter'],
      ['5GB', 30, '11.50', '6.20', 'Airalo'],
      ['3GB/day', 10, '31.00', '19.80', 'Airalo'],
      ['8GB', 14, 'EUR 12.90', 'EUR 7.30', 'eSIM Card'],
    ],
  },
  {
    name: 'Germany',
    country: 'DE',
    region: 'europe',
    networks: ['Telekom (5G)', 'Vodafone (5G)', 'O2 (5G)'],
    terms: { ...roaming, installWithinDays: 180 },
    plans: [
      ['3GB', 30, '7.90', '4.10', 'eSIM Card'],
      ['10GB', 30, '18.90', '11.20', 'MobiMatter'],
      ['15GB', 30, 'EUR 19.90', 'EUR 12.40', 'Airalo'],
    ],
  },
  {
    name: 'Italy',
    country: 'IT',
    region: 'europe',
    networks: ['TIM (5G)', 'WindTre (5G)', 'Vodafone (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.00', '1.70', 'Airalo'],
      ['10GB', 30, '17.50', '10.10', 'eSIM Card', 'featured'],
    ],
  },
  {
    name: 'Spain',
    country: 'ES',
    region: 'europe',
    networks: ['Movistar (5G)', 'Orange (5G)', 'Vodafone (4G)'],
    terms: { ...roaming, apn: null },
    plans: [
      ['3GB', 15, '7.00', '3.60', 'MobiMatter'],
      ['20GB', 30, '24.90', '15.50', 'Airalo'],
    ],
  },
  {
    name: 'United Kingdom',
    country: 'GB',
    region: 'europe',
    networks: ['EE (5G)', 'O2 (5G)', 'Three (5G)', 'Vodafone (4G)'],
    terms: {
      ...local,
      phoneNumber: 'A British number for calls and texts that you receive',
      apn: 'everywhere',
    },
    plans: [
      ['5GB', 30, '10.90', '5.90', 'Airalo'],
      ['20GB', 30, '22.90', '14.20', 'MobiMatter', 'featured'],
      ['Unlimited', 15, '36.00', '24.00', 'eSIM Card'],
    ],
  },
  {
    name: 'Greece',
    country: 'GR',
    region: 'europe',
    networks: ['Cosmote (5G)', 'Vodafone (4G)', 'Nova (4G)'],
    terms: roaming,
    plans: [
      ['3GB', 30, '7.50', '3.90', 'Airalo'],
      ['10GB', 30, '17.90', '10.60', 'MobiMatter', 'sold out'],
    ],
  },
  {
    name: 'Portugal',
    country: 'PT',
    region: 'europe',
    networks: ['MEO (5G)', 'NOS (5G)', 'Vodafone (4G)'],
    terms: roaming,
    plans: [
      ['1GB', 7, '4.00', '1.80', 'eSIM Card'],
      ['5GB', 30, '11.00', '6.00', 'MobiMatter'],
    ],
  },
  {
    name: 'Switzerland',
    country: 'CH',
    region: 'europe',
    networks: ['Swisscom (5G)', 'Sunrise (5G)', 'Salt (4G)'],
    terms: { ...roaming, hotspot: hotspotLimited },
    plans: [
      ['3GB', 30, '9.90', '5.40', 'Airalo'],
      ['10GB', 30, '23.90', '14.60', 'eSIM Card'],
    ],
  },
];
