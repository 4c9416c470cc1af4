import type { Schema } from './dialect.js';
import { currency, picture, provider, slug, written } from './fields.js';

/** Every officially assigned ISO 3166-1 alpha-2 code (249 of them; Kosovo's XK is user-assigned, so not one). */
const COUNTRIES = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
  BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
  DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
  GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
  KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
  MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
  PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
  SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
  VN VU WF WS YE YT ZA ZM ZW`
  .trim()
  .split(/\s+/);

/** What is for sale: data-model section 1, with the facts of the terms and the other wholesalers' offers. */
export async function up(schema: Schema) {
  await schema.table('countries', 'code TEXT PRIMARY KEY CHECK (length(code) = 2)');
  await schema.run(
    `INSERT INTO countries (code) VALUES ${COUNTRIES.map((code) => `('${code}')`).join(', ')}`,
  );

  await schema.table(
    'esim_products',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     name TEXT NOT NULL CHECK (${written('name', 200)}),
     slug TEXT NOT NULL CHECK (${slug(schema, 'slug')}),
     country TEXT NOT NULL REFERENCES countries(code) ON DELETE RESTRICT,
     region TEXT CHECK (region IN ('europe', 'asia', 'middle-east', 'africa', 'north-america', 'latin-america', 'oceania', 'global')),
     coverage JSONB CHECK (${schema.isList('coverage')}),
     duration INTEGER NOT NULL CHECK (duration >= 1),
     data_limit TEXT NOT NULL CHECK (${written('data_limit', 50)}),
     data_mb INTEGER CHECK (data_mb > 0),
     price_minor BIGINT NOT NULL CHECK (price_minor > cost_minor AND price_minor <= 1000000),
     cost_minor BIGINT NOT NULL CHECK (cost_minor >= 0),
     currency TEXT NOT NULL DEFAULT 'USD' CHECK (${currency()}),
     provider TEXT NOT NULL CHECK (${provider()}),
     provider_product_id TEXT NOT NULL CHECK (${written('provider_product_id', 200)}),
     stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
     is_active BOOLEAN NOT NULL DEFAULT TRUE,
     deactivated_by_stock BOOLEAN NOT NULL DEFAULT FALSE,
     is_featured BOOLEAN NOT NULL DEFAULT FALSE,
     image_url TEXT CHECK (${picture(schema, 'image_url')}),
     description TEXT CHECK (length(description) <= 5000),
     features JSONB CHECK (${schema.isList('features')}),
     supported_networks JSONB CHECK (${schema.isList('supported_networks')}),
     speed TEXT CHECK (length(speed) <= 200),
     hotspot TEXT CHECK (length(hotspot) <= 200),
     activation_policy TEXT CHECK (activation_policy IN ('first_use', 'installation')),
     install_within_days INTEGER CHECK (install_within_days >= 1),
     fair_use TEXT CHECK (length(fair_use) <= 500),
     top_up TEXT CHECK (length(top_up) <= 200),
     kyc TEXT CHECK (length(kyc) <= 200),
     phone_number TEXT CHECK (length(phone_number) <= 200),
     apn TEXT CHECK (length(apn) <= 100),
     sort_order INTEGER NOT NULL DEFAULT 0,
     rating_average DOUBLE PRECISION,
     rating_count INTEGER NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('esim_products', 'idx_products_country_active', 'country, is_active');
  await schema.index('esim_products', 'idx_products_country_active_sort', 'country, is_active, sort_order');
  await schema.index('esim_products', 'idx_products_featured', 'is_featured, sort_order');
  await schema.unique('esim_products', 'idx_products_slug', 'slug');

  await schema.table(
    'provider_offers',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE CASCADE,
     provider TEXT NOT NULL CHECK (${provider()}),
     provider_product_id TEXT NOT NULL CHECK (${written('provider_product_id', 200)}),
     cost_minor BIGINT NOT NULL CHECK (cost_minor >= 0),
     priority INTEGER NOT NULL DEFAULT 0,
     is_available BOOLEAN NOT NULL DEFAULT TRUE,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('provider_offers', 'idx_offers_product_sku', 'product, provider, provider_product_id');

  await schema.table(
    'provider_sync_logs',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     provider TEXT NOT NULL CHECK (${provider()}),
     status TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'failed')),
     created_count INTEGER NOT NULL DEFAULT 0,
     updated_count INTEGER NOT NULL DEFAULT 0,
     gone_count INTEGER NOT NULL DEFAULT 0,
     duration_ms INTEGER,
     error_message TEXT,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('provider_sync_logs', 'idx_sync_logs_provider', 'provider, created DESC');

  await schema.refuseRow(
    'products_cover_countries',
    'esim_products',
    'coverage, country',
    `${schema.hasItem('NEW.coverage', 'item IS NULL OR item NOT IN (SELECT code FROM countries)')}
      OR (NEW.coverage IS NOT NULL AND NOT ${schema.hasItem('NEW.coverage', 'item = NEW.country')})`,
    'a plan covers countries that exist, its own among them',
  );
  await schema.refuseRow(
    'products_list_texts',
    'esim_products',
    'features, supported_networks',
    `${schema.hasItem('NEW.features', 'NOT is_text')} OR ${schema.hasItem('NEW.supported_networks', 'NOT is_text')}`,
    'features and networks are lists of texts',
  );

  // Rule 3: no stock, no sale. What the stock switched off, the stock switches on again; an admin's own "off" stays.
  await schema.react(
    'products_without_stock_leave_the_shelf',
    'esim_products',
    'UPDATE OF stock, is_active',
    'NEW.stock = 0 AND NEW.is_active',
    'UPDATE esim_products SET is_active = FALSE, deactivated_by_stock = TRUE WHERE id = NEW.id;',
  );
  await schema.react(
    'products_are_created_off_the_shelf_without_stock',
    'esim_products',
    'INSERT',
    'NEW.stock = 0 AND NEW.is_active',
    'UPDATE esim_products SET is_active = FALSE, deactivated_by_stock = TRUE WHERE id = NEW.id;',
  );
  await schema.react(
    'products_with_stock_return_to_the_shelf',
    'esim_products',
    'UPDATE OF stock',
    'NEW.stock > 0 AND NEW.deactivated_by_stock',
    'UPDATE esim_products SET is_active = TRUE, deactivated_by_stock = FALSE WHERE id = NEW.id;',
  );
}
