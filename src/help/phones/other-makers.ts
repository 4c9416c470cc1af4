import { phones } from './phone.js';

const SALE = 'bySale';
const JAPAN = 'japanOnly';

export const motorola = [
  ...phones('Motorola', 2025, 'yes', 'Razr 60, Razr 60 Ultra / Razr Ultra 2025, Edge 60, Edge 60 Pro'),
  ...phones('Motorola', 2025, 'yes', 'Edge 60 Fusion, ThinkPhone 25'),
  ...phones('Motorola', 2024, 'yes', 'Razr 50 / Razr 2024, Razr 50 Ultra / Razr+ 2024, Edge 50, Edge 50 Pro'),
  ...phones('Motorola', 2024, 'yes', 'Edge 50 Ultra, Edge 50 Neo, Edge 50 Fusion'),
  ...phones('Motorola', 2023, 'yes', 'Razr 40 / Razr 2023, Razr 40 Ultra / Razr+ 2023, Edge 40, Edge 40 Pro'),
  ...phones('Motorola', 2023, 'yes', 'Edge 40 Neo, Edge+ (2023)'),
  ...phones('Motorola', 2022, 'yes', 'Razr 2022', 'notChina'),
  ...phones('Motorola', 2022, 'some', 'Edge 30 Ultra, Edge 30 Pro, Edge 30 Fusion, Edge (2022)', SALE),
  ...phones('Motorola', 2020, 'yes', 'Razr 5G', 'notChina'),
  ...phones('Motorola', 2019, 'yes', 'Razr (2019)'),
  ...phones('Motorola', 2025, 'some', 'Moto G (2025), Moto G86, Moto G56, Moto G35', SALE),
  ...phones('Motorola', 2024, 'some', 'Moto G85, Moto G75, Moto G55, Moto G34, Moto G Stylus (2024)', SALE),
  ...phones('Motorola', 2023, 'some', 'Moto G84, Moto G54, Moto G53', SALE),
  ...phones('Motorola', 2022, 'some', 'Moto G52J 5G', JAPAN),
  ...phones('Motorola', 2022, 'no', 'Moto G52, Moto G32, Moto G22'),
];

export const nothing = [
  ...phones('Nothing', 2025, 'yes', 'Phone (3), Phone (3a) Pro'),
  ...phones('Nothing', 2025, 'some', 'Phone (3a)', SALE),
  ...phones('Nothing', 2024, 'no', 'Phone (2a), Phone (2a) Plus, CMF Phone 1'),
  ...phones('Nothing', 2023, 'no', 'Phone (2)'),
  ...phones('Nothing', 2022, 'no', 'Phone (1)'),
];

export const sony = [
  ...phones('Sony', 2025, 'yes', 'Xperia 1 VII, Xperia 10 VII'),
  ...phones('Sony', 2024, 'yes', 'Xperia 1 VI, Xperia 10 VI'),
  ...phones('Sony', 2023, 'yes', 'Xperia 1 V, Xperia 5 V, Xperia 10 V'),
  ...phones('Sony', 2022, 'yes', 'Xperia 1 IV, Xperia 5 IV, Xperia 10 IV'),
  ...phones('Sony', 2021, 'some', 'Xperia 10 III Lite', JAPAN),
  ...phones('Sony', 2021, 'no', 'Xperia 1 III, Xperia 5 III, Xperia 10 III'),
  ...phones('Sony', 2020, 'no', 'Xperia 1 II, Xperia 5 II, Xperia 10 II'),
];

export const others = [
  ...phones('ASUS', 2025, 'yes', 'Zenfone 12 Ultra'),
  ...phones('ASUS', 2024, 'some', 'Zenfone 11 Ultra, ROG Phone 9', SALE),
  ...phones('ASUS', 2023, 'no', 'Zenfone 10, ROG Phone 7'),
  ...phones('Fairphone', 2025, 'yes', 'Fairphone 6'),
  ...phones('Fairphone', 2023, 'yes', 'Fairphone 5'),
  ...phones('Fairphone', 2021, 'yes', 'Fairphone 4'),
  ...phones('Fairphone', 2019, 'no', 'Fairphone 3'),
  ...phones('HMD and Nokia', 2023, 'yes', 'Nokia XR21'),
  ...phones('HMD and Nokia', 2022, 'yes', 'Nokia X30, Nokia G60'),
  ...phones('HMD and Nokia', 2024, 'some', 'HMD Skyline', SALE),
  ...phones('HMD and Nokia', 2021, 'no', 'Nokia XR20, Nokia G50'),
  ...phones('Sharp', 2024, 'yes', 'AQUOS R9, AQUOS sense9'),
  ...phones('Sharp', 2023, 'yes', 'AQUOS R8, AQUOS R8 Pro, AQUOS sense8'),
  ...phones('Sharp', 2022, 'yes', 'AQUOS R7, AQUOS sense7, AQUOS zero6'),
  ...phones('Rakuten', 2021, 'yes', 'Rakuten Hand 5G, Rakuten Big-s'),
  ...phones('Rakuten', 2020, 'yes', 'Rakuten Hand, Rakuten Mini, Rakuten Big'),
  ...phones('TCL', 2024, 'some', 'TCL 50 5G, TCL 50 Pro NxtPaper, TCL 40 XL', SALE),
];
