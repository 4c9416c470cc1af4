import { closeDatabase, openDatabase } from '../database.js';
import { migrate } from './migrations.js';

await openDatabase();
await migrate();
await closeDatabase();
