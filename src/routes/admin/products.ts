import { Router } from 'express';
import { productArchive } from './products/archive.js';
import { productBulk } from './products/bulk.js';
import { productForms } from './products/forms.js';
import { priceLists } from './products/price-lists.js';
import { productList } from './products/list.js';
import { productOffers } from './products/offers.js';
import { productRows } from './products/rows.js';

/** Plans in the back office: what names no plan comes before what does. */
export const adminProducts = Router();

adminProducts.use(productList);
adminProducts.use(productBulk);
adminProducts.use(priceLists);
adminProducts.use(productForms);
adminProducts.use(productRows);
adminProducts.use(productArchive);
adminProducts.use(productOffers);
