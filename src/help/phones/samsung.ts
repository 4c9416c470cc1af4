import { phones } from './phone.js';

const CHINA = 'samsungChina';
const KOREA = 'samsungKorea';
const FIRST = 'samsungFirst';
const SALE = 'bySale';

export const samsung = [
  ...phones('Samsung', 2026, 'yes', 'Galaxy S26, Galaxy S26+, Galaxy S26 Ultra', CHINA),
  ...phones('Samsung', 2025, 'yes', 'Galaxy S25, Galaxy S25+, Galaxy S25 Ultra, Galaxy S25 Edge', CHINA),
  ...phones('Samsung', 2024, 'yes', 'Galaxy S24, Galaxy S24+, Galaxy S24 Ultra', CHINA),
  ...phones('Samsung', 2023, 'yes', 'Galaxy S23, Galaxy S23+, Galaxy S23 Ultra', CHINA),
  ...phones('Samsung', 2022, 'yes', 'Galaxy S22, Galaxy S22+, Galaxy S22 Ultra', KOREA),
  ...phones('Samsung', 2021, 'some', 'Galaxy S21, Galaxy S21+, Galaxy S21 Ultra', 'samsung2021'),
  ...phones('Samsung', 2020, 'some', 'Galaxy S20, Galaxy S20+, Galaxy S20 Ultra', FIRST),
  ...phones('Samsung', 2019, 'no', 'Galaxy S10, Galaxy S10+, Galaxy S10e, Galaxy S10 Lite'),
  ...phones('Samsung', 2018, 'no', 'Galaxy S9, Galaxy S9+, Galaxy Note9'),
  ...phones('Samsung', 2017, 'no', 'Galaxy S8, Galaxy S8+, Galaxy Note8'),
  ...phones('Samsung', 2025, 'yes', 'Galaxy S25 FE', CHINA),
  ...phones('Samsung', 2024, 'yes', 'Galaxy S24 FE', CHINA),
  ...phones('Samsung', 2023, 'yes', 'Galaxy S23 FE', CHINA),
  ...phones('Samsung', 2022, 'no', 'Galaxy S21 FE'),
  ...phones('Samsung', 2020, 'no', 'Galaxy S20 FE'),
  ...phones('Samsung', 2020, 'some', 'Galaxy Note20, Galaxy Note20 Ultra', FIRST),
  ...phones('Samsung', 2019, 'no', 'Galaxy Note10, Galaxy Note10+, Galaxy Note10 Lite'),
  ...phones('Samsung', 2025, 'yes', 'Galaxy Z Fold7, Galaxy Z Flip7, Galaxy Z Flip7 FE', CHINA),
  ...phones('Samsung', 2024, 'yes', 'Galaxy Z Fold6, Galaxy Z Flip6', CHINA),
  ...phones('Samsung', 2023, 'yes', 'Galaxy Z Fold5, Galaxy Z Flip5', CHINA),
  ...phones('Samsung', 2022, 'yes', 'Galaxy Z Fold4, Galaxy Z Flip4', CHINA),
  ...phones('Samsung', 2021, 'yes', 'Galaxy Z Fold3, Galaxy Z Flip3', KOREA),
  ...phones('Samsung', 2020, 'some', 'Galaxy Z Fold2, Galaxy Z Flip, Galaxy Z Flip 5G', FIRST),
  ...phones('Samsung', 2019, 'some', 'Galaxy Fold', FIRST),
  ...phones('Samsung', 2025, 'yes', 'Galaxy A56, Galaxy A36', SALE),
  ...phones('Samsung', 2025, 'some', 'Galaxy A26, Galaxy A16, Galaxy A17', SALE),
  ...phones('Samsung', 2024, 'yes', 'Galaxy A55, Galaxy A35', SALE),
  ...phones('Samsung', 2023, 'yes', 'Galaxy A54', SALE),
  ...phones('Samsung', 2024, 'some', 'Galaxy A25, Galaxy A15', SALE),
  ...phones('Samsung', 2023, 'no', 'Galaxy A34, Galaxy A24, Galaxy A14'),
  ...phones('Samsung', 2022, 'some', 'Galaxy A23 5G', 'japanOnly'),
  ...phones('Samsung', 2022, 'no', 'Galaxy A53, Galaxy A33, Galaxy A73, Galaxy A13'),
  ...phones('Samsung', 2021, 'no', 'Galaxy A52, Galaxy A52s, Galaxy A72, Galaxy A32, Galaxy A12'),
  ...phones('Samsung', 2020, 'no', 'Galaxy A51, Galaxy A71'),
  ...phones('Samsung', 2025, 'yes', 'Galaxy XCover7 Pro', SALE),
  ...phones('Samsung', 2024, 'yes', 'Galaxy XCover7', SALE),
  ...phones('Samsung', 2022, 'some', 'Galaxy XCover6 Pro', SALE),
];
