import { Router } from 'express';
import type { Plan } from '../wholesaler/plan.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { retailPrice } from './order-view.js';
import { success } from './refusals.js';

/** `GET /products` (MobiMatter docs: getting products): everything at once, top-ups among it. */
export function products(mobiMatter: Wholesaler, merchantId: string) {
  return Router().get('/products', ({ query }, res) => {
    const all = mobiMatter.plans().map((plan) => productView(plan, merchantId));
    const wanted = [...all, addOn(merchantId)].filter(
      (product) =>
        (!query['productId'] || product.productId === query['productId']) &&
        (!query['country'] || product.countries.some((country) => country === query['country'])) &&
        (!query['category'] || product.productCategory === query['category']),
    );
    res.json(success(wanted));
  });
}

function productView(plan: Plan, merchantId: string) {
  const { sku, title, country, countryName, costMinor } = plan;
  return {
    merchantId,
    uniqueId: sku,
    productId: sku,
    rank: 1,
    productCategoryId: 1,
    productCategory: 'esim_realtime',
    productFamilyId: 120,
    productFamilyName: title,
    networkListId: 1,
    providerId: 22,
    providerName: `${countryName} Mobile`,
    providerLogo: 'https://mobimatter.com/logo.png',
    retailPrice: retailPrice(costMinor),
    wholesalePrice: costMinor / 100,
    currencyCode: 'USD',
    created: '2023-05-01T10:00:00Z',
    updated: '2026-10-01T10:00:00Z',
    regions: [],
    countries: [country],
    displayAttributes: [],
    productDetails: detailsOf(plan),
  };
}

/** All values are text, validity counts hours, and some names end in a blank. */
function detailsOf({ title, gigabytes, days }: Plan) {
  const data =
    gigabytes === null
      ? [{ name: 'UNLIMITED', value: '1' }]
      : [
          { name: 'PLAN_DATA_LIMIT ', value: String(gigabytes) },
          { name: 'PLAN_DATA_UNIT', value: 'GB' },
        ];
  return [
    { name: 'PLAN_TITLE', value: title },
    ...data,
    { name: 'PLAN_VALIDITY ', value: String(days * 24) },
    { name: 'PLAN_DETAILS', value: JSON.stringify({ heading: title, description: '', items: [] }) },
    { name: 'TAGS', value: JSON.stringify([{ color: '#0a0', item: '5G' }]) },
    { name: 'FIVEG', value: '1' },
    { name: 'TOPUP', value: '1' },
  ];
}

function addOn(merchantId: string) {
  const plan: Plan = {
    sku: 'add-on-1gb',
    title: 'Top-up 1 GB',
    country: 'JP',
    countryName: 'Japan',
    days: 7,
    gigabytes: 1,
    costMinor: 90,
  };
  return { ...productView(plan, merchantId), productCategoryId: 2, productCategory: 'esim_addon' };
}
