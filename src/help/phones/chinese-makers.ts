import { phones } from './phone.js';

const CHINA = 'notChina';
const SALE = 'bySale';
const JAPAN = 'japanOnly';

export const xiaomi = [
  ...phones('Xiaomi', 2025, 'yes', 'Xiaomi 15, Xiaomi 15 Ultra, Xiaomi 15T, Xiaomi 15T Pro', CHINA),
  ...phones('Xiaomi', 2024, 'yes', 'Xiaomi 14, Xiaomi 14 Ultra, Xiaomi 14T, Xiaomi 14T Pro', CHINA),
  ...phones(
    'Xiaomi',
    2023,
    'yes',
    'Xiaomi 13, Xiaomi 13 Pro, Xiaomi 13 Lite, Xiaomi 13T, Xiaomi 13T Pro',
    CHINA,
  ),
  ...phones('Xiaomi', 2023, 'some', 'Xiaomi 13 Ultra', SALE),
  ...phones('Xiaomi', 2022, 'yes', 'Xiaomi 12T Pro', CHINA),
  ...phones('Xiaomi', 2022, 'no', 'Xiaomi 12, Xiaomi 12 Pro, Xiaomi 12 Lite, Xiaomi 12T, Xiaomi 12X'),
  ...phones('Xiaomi', 2021, 'no', 'Mi 11, Mi 11 Lite, Mi 11 Ultra, Xiaomi 11T, Xiaomi 11T Pro'),
  ...phones('Xiaomi', 2025, 'some', 'Redmi Note 14 Pro 5G, Redmi Note 14 Pro+', SALE),
  ...phones('Xiaomi', 2024, 'some', 'Redmi Note 13 Pro 5G, Redmi Note 13 Pro+', SALE),
  ...phones('Xiaomi', 2023, 'no', 'Redmi Note 12, Redmi Note 12 Pro, Redmi 12, Redmi 13C'),
  ...phones('Xiaomi', 2022, 'no', 'Redmi Note 11, Redmi Note 11 Pro'),
  ...phones('Xiaomi', 2021, 'some', 'Redmi Note 10T', JAPAN),
  ...phones('Xiaomi', 2021, 'no', 'Redmi Note 10, Redmi Note 10 Pro'),
  ...phones('Xiaomi', 2025, 'some', 'Poco F7, Poco F7 Pro, Poco F7 Ultra, Poco X7, Poco X7 Pro', SALE),
  ...phones('Xiaomi', 2024, 'no', 'Poco F6, Poco F6 Pro, Poco X6, Poco X6 Pro'),
];

export const oppo = [
  ...phones('OPPO', 2025, 'yes', 'Find X9, Find X9 Pro, Find N5', CHINA),
  ...phones('OPPO', 2024, 'yes', 'Find X8, Find X8 Pro', CHINA),
  ...phones('OPPO', 2023, 'yes', 'Find N3, Find N3 Flip, Find N2 Flip', CHINA),
  ...phones('OPPO', 2022, 'yes', 'Find X5, Find X5 Pro', CHINA),
  ...phones('OPPO', 2021, 'yes', 'Find X3 Pro', CHINA),
  ...phones('OPPO', 2021, 'some', 'Find X3 Neo, Find X3 Lite', SALE),
  ...phones('OPPO', 2025, 'some', 'Reno14, Reno14 Pro, Reno13, Reno13 Pro', SALE),
  ...phones('OPPO', 2024, 'some', 'Reno12, Reno12 Pro, Reno11, Reno11 Pro', SALE),
  ...phones('OPPO', 2022, 'some', 'Reno 9A, Reno 7A, Reno 5A, A55s 5G', JAPAN),
  ...phones('OPPO', 2021, 'some', 'Reno6 Pro 5G', SALE),
];

export const onePlus = [
  ...phones('OnePlus', 2025, 'yes', 'OnePlus 15, OnePlus 13, OnePlus 13R, OnePlus 13s', CHINA),
  ...phones('OnePlus', 2024, 'yes', 'OnePlus 12', CHINA),
  ...phones('OnePlus', 2024, 'some', 'OnePlus 12R, OnePlus Nord 4', SALE),
  ...phones('OnePlus', 2023, 'yes', 'OnePlus Open, OnePlus 11', CHINA),
  ...phones('OnePlus', 2023, 'no', 'OnePlus 11R, OnePlus Nord 3, OnePlus Nord CE 3'),
  ...phones('OnePlus', 2022, 'no', 'OnePlus 10 Pro, OnePlus 10T, OnePlus Nord 2T'),
  ...phones('OnePlus', 2021, 'no', 'OnePlus 9, OnePlus 9 Pro, OnePlus Nord 2'),
  ...phones('OnePlus', 2020, 'no', 'OnePlus 8, OnePlus 8 Pro, OnePlus 8T'),
];

export const honor = [
  ...phones('Honor', 2025, 'yes', 'Honor Magic8 Pro, Honor Magic V5, Honor 400, Honor 400 Pro', CHINA),
  ...phones('Honor', 2025, 'some', 'Honor 400 Lite, Honor Magic7 Lite', SALE),
  ...phones(
    'Honor',
    2024,
    'yes',
    'Honor Magic7 Pro, Honor Magic6 Pro, Honor Magic V3, Honor Magic V2',
    CHINA,
  ),
  ...phones('Honor', 2024, 'yes', 'Honor 200, Honor 200 Pro', CHINA),
  ...phones('Honor', 2024, 'some', 'Honor 200 Lite, Honor X9b, Honor X8b', SALE),
  ...phones('Honor', 2023, 'yes', 'Honor Magic5 Pro, Honor 90', CHINA),
  ...phones('Honor', 2023, 'some', 'Honor Magic Vs, Honor 90 Lite', SALE),
  ...phones('Honor', 2022, 'yes', 'Honor Magic4 Pro', CHINA),
  ...phones('Honor', 2022, 'no', 'Honor 70, Honor 50, Honor X8'),
];

export const huawei = [
  ...phones('Huawei', 2020, 'yes', 'P40, P40 Pro, Mate 40 Pro', CHINA),
  ...phones('Huawei', 2020, 'no', 'P40 Pro+, P40 Lite'),
  ...phones('Huawei', 2019, 'no', 'P30, P30 Pro, P30 Lite, Mate 30 Pro'),
  ...phones('Huawei', 2021, 'no', 'P50 Pro, P50 Pocket'),
  ...phones('Huawei', 2022, 'no', 'Mate 50 Pro'),
  ...phones('Huawei', 2023, 'some', 'P60 Pro, Mate X3', SALE),
  ...phones('Huawei', 2024, 'some', 'Pura 70, Pura 70 Pro, Pura 70 Ultra, Mate X6, Mate XT', SALE),
  ...phones('Huawei', 2025, 'some', 'Pura 80, Pura 80 Pro, Pura 80 Ultra', SALE),
];

export const vivo = [
  ...phones('vivo', 2025, 'yes', 'X300, X300 Pro, X200 FE', CHINA),
  ...phones('vivo', 2024, 'yes', 'X200, X200 Pro, X100 Pro, X Fold3 Pro', CHINA),
  ...phones('vivo', 2024, 'some', 'X100, V40, V40 Lite', SALE),
  ...phones('vivo', 2023, 'some', 'X90 Pro, V29, V29 Lite', SALE),
  ...phones('vivo', 2025, 'some', 'V50, V60', SALE),
  ...phones('vivo', 2022, 'no', 'X80, V25, V23'),
];

export const realme = [
  ...phones('realme', 2025, 'some', 'realme 14 Pro+, realme GT 7, realme GT 7 Pro', SALE),
  ...phones('realme', 2024, 'some', 'realme GT 6, realme 13 Pro+', SALE),
  ...phones('realme', 2023, 'no', 'realme 11 Pro, realme 11 Pro+, realme C55, realme GT 3'),
];
