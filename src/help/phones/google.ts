import { phones } from './phone.js';

export const google = [
  ...phones('Google', 2025, 'yes', 'Pixel 10, Pixel 10 Pro, Pixel 10 Pro XL, Pixel 10 Pro Fold, Pixel 9a'),
  ...phones('Google', 2024, 'yes', 'Pixel 9, Pixel 9 Pro, Pixel 9 Pro XL, Pixel 9 Pro Fold, Pixel 8a'),
  ...phones('Google', 2023, 'yes', 'Pixel 8, Pixel 8 Pro, Pixel Fold, Pixel 7a'),
  ...phones('Google', 2022, 'yes', 'Pixel 7, Pixel 7 Pro, Pixel 6a'),
  ...phones('Google', 2021, 'yes', 'Pixel 6, Pixel 6 Pro, Pixel 5a'),
  ...phones('Google', 2020, 'yes', 'Pixel 5, Pixel 4a, Pixel 4a 5G'),
  ...phones('Google', 2019, 'yes', 'Pixel 4, Pixel 4 XL'),
  ...phones('Google', 2019, 'some', 'Pixel 3a, Pixel 3a XL', 'pixel3a'),
  ...phones('Google', 2018, 'some', 'Pixel 3, Pixel 3 XL', 'pixel3'),
  ...phones('Google', 2017, 'no', 'Pixel 2, Pixel 2 XL', 'pixel2'),
  ...phones('Google', 2016, 'no', 'Pixel, Pixel XL'),
];
