import { seedDemo } from '../../seeders/index.js';
import { closeDatabase, openDatabase } from '../database.js';
import { settings } from '../settings.js';
import { migrate } from './migrations.js';

if (settings.production) {
  // One of the demo's coupons makes everything free.
  console.error('The demo catalogue is not for production. Use npm run catalogue:import -- FILE.csv');
  process.exit(1);
}
await openDatabase();
await migrate();
const { plans, offers } = await seedDemo();
await closeDatabase();
console.log(
  plans === 0
    ? 'The shop has plans already; nothing was changed.'
    : `Demo catalogue: ${plans} plans, ${offers} offers of other providers, coupons WELCOME10, FREE100 and SAVE500.`,
);
