import type { User as Account } from './models/user.js';

declare global {
  namespace Express {
    interface User extends Account {}
  }
}
