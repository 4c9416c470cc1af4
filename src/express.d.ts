import type { ShopError } from './errors.js';
import type { User as Account } from './models/user.js';

declare global {
  namespace Express {
    interface User extends Account {}
    interface Request {
      /** What is wrong with the photos of a form whose other fields could be read (middleware/photo-upload.ts). */
      photosRefused?: ShopError;
      /** What is wrong with the file of a price list (middleware/price-list-upload.ts). */
      listRefused?: ShopError;
    }
  }
}
