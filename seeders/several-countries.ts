import isoCountries from 'i18n-iso-countries';
import type { Destination } from './destination.js';
import { hotspotLimited, roaming } from './terms.js';

const EUROPE: Record<string, string> = {
  AT: 'A1 (5G)',
  BE: 'Proximus (5G)',
  BG: 'A1 (5G)',
  CH: 'Sunrise (5G)',
  CY: 'Cyta (5G)',
  CZ: 'O2 (5G)',
  DE: 'Telekom (5G), O2 (5G)',
  DK: 'TDC (5G)',
  EE: 'Telia (5G)',
  ES: 'Movistar (5G), Orange (5G)',
  FI: 'Elisa (5G)',
  FR: 'Orange (5G), Bouygues Telecom (4G)',
  GB: 'O2 (5G), Three (5G)',
  GR: 'Cosmote (5G)',
  HR: 'A1 (5G)',
  HU: 'Yettel (5G)',
  IE: 'Three (5G)',
  IS: 'Síminn (5G)',
  IT: 'TIM (5G), WindTre (5G)',
  LI: 'FL1 (4G)',
  LT: 'Telia (5G)',
  LU: 'POST (5G)',
  LV: 'LMT (5G)',
  MT: 'Epic (5G)',
  NL: 'KPN (5G)',
  NO: 'Telenor (5G)',
  PL: 'Play (5G)',
  PT: 'NOS (5G)',
  RO: 'Orange (5G)',
  SE: 'Tele2 (5G)',
  SI: 'A1 (5G)',
  SK: 'O2 (5G)',
};

const ASIA: Record<string, string> = {
  HK: '3 (5G)',
  ID: 'Telkomsel (4G)',
  JP: 'SoftBank (5G), KDDI au (4G)',
  KH: 'Smart (4G)',
  KR: 'SK Telecom (5G)',
  LA: 'Unitel (4G)',
  LK: 'Dialog (4G)',
  MO: 'CTM (5G)',
  MY: 'Maxis (5G)',
  PH: 'Globe (4G)',
  SG: 'Singtel (5G)',
  TH: 'AIS (5G)',
  TW: 'Chunghwa Telecom (5G)',
  VN: 'Viettel (4G)',
};

const networksOf = (byCountry: Record<string, string>) =>
  Object.entries(byCountry).map(([code, networks]) => `${isoCountries.getName(code, 'en')}: ${networks}`);

export const severalCountries: Destination[] = [
  {
    name: 'Europe',
    country: 'FR',
    region: 'europe',
    coverage: Object.keys(EUROPE),
    networks: networksOf(EUROPE),
    terms: { ...roaming, installWithinDays: 180 },
    plans: [
      ['3GB', 15, '9.50', '5.10', 'MobiMatter'],
      ['10GB', 30, '21.90', '13.30', 'Airalo', 'featured'],
      ['3GB/day', 15, '48.00', '32.50', 'eSIM Card'],
      ['6GB', 14, 'EUR 13.90', 'EUR 8.10', 'Airalo'],
    ],
  },
  {
    name: 'Asia',
    country: 'SG',
    region: 'asia',
    coverage: Object.keys(ASIA),
    networks: networksOf(ASIA),
    terms: { ...roaming, hotspot: hotspotLimited },
    plans: [
      ['3GB', 15, '11.50', '6.40', 'Airalo'],
      ['10GB', 30, '26.50', '16.40', 'MobiMatter', 'featured'],
      ['1GB/day', 10, '29.50', '19.00', 'Airalo'],
    ],
  },
];
