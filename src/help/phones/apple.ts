import { phones } from './phone.js';

const CHINA = 'appleChina';

export const apple = [
  ...phones('Apple', 2026, 'yes', 'iPhone 17e', 'appleChineseOperators'),
  ...phones('Apple', 2025, 'yes', 'iPhone Air / iPhone 17 Air', 'appleChineseOperators'),
  ...phones('Apple', 2025, 'yes', 'iPhone 17, iPhone 17 Pro, iPhone 17 Pro Max, iPhone 16e', CHINA),
  ...phones('Apple', 2024, 'yes', 'iPhone 16, iPhone 16 Plus, iPhone 16 Pro, iPhone 16 Pro Max', CHINA),
  ...phones('Apple', 2023, 'yes', 'iPhone 15, iPhone 15 Plus, iPhone 15 Pro, iPhone 15 Pro Max', CHINA),
  ...phones('Apple', 2022, 'yes', 'iPhone 14, iPhone 14 Plus, iPhone 14 Pro, iPhone 14 Pro Max', CHINA),
  ...phones('Apple', 2022, 'yes', 'iPhone SE (2022) / iPhone SE 3 / iPhone SE 3rd generation', CHINA),
  ...phones('Apple', 2021, 'yes', 'iPhone 13, iPhone 13 mini, iPhone 13 Pro, iPhone 13 Pro Max', CHINA),
  ...phones('Apple', 2020, 'yes', 'iPhone 12, iPhone 12 mini, iPhone 12 Pro, iPhone 12 Pro Max', CHINA),
  ...phones('Apple', 2020, 'yes', 'iPhone SE (2020) / iPhone SE 2 / iPhone SE 2nd generation', CHINA),
  ...phones('Apple', 2019, 'yes', 'iPhone 11, iPhone 11 Pro, iPhone 11 Pro Max', CHINA),
  ...phones('Apple', 2018, 'yes', 'iPhone XS / iPhone 10s, iPhone XS Max / iPhone 10s Max', CHINA),
  ...phones('Apple', 2018, 'yes', 'iPhone XR / iPhone 10r', CHINA),
  ...phones('Apple', 2017, 'no', 'iPhone X / iPhone 10, iPhone 8, iPhone 8 Plus'),
  ...phones('Apple', 2016, 'no', 'iPhone 7, iPhone 7 Plus, iPhone SE (2016) / iPhone SE 1st generation'),
  ...phones('Apple', 2015, 'no', 'iPhone 6s, iPhone 6s Plus'),
  ...phones('Apple', 2014, 'no', 'iPhone 6, iPhone 6 Plus'),
  ...phones('Apple', 2013, 'no', 'iPhone 5s, iPhone 5c'),
  ...phones('Apple', 2012, 'no', 'iPhone 5'),
  ...phones('Apple', 2018, 'yes', 'iPad Pro (2018 and later)', 'ipad'),
  ...phones('Apple', 2019, 'yes', 'iPad Air (2019 and later), iPad mini (2019 and later)', 'ipad'),
  ...phones('Apple', 2019, 'yes', 'iPad (2019 and later) / iPad 7th generation', 'ipad'),
];
