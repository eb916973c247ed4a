-- A transaction that writes all parts of thousands of products tells of each of them once, at its end: with every part
-- again they would be told of eight times. Stock that runs out or comes back is told of all the same. What is rolled back
-- to a savepoint takes this back, too.
CREATE FUNCTION "catalog_products_told_later"() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kontor.products_told_by', pg_current_xact_id()::text, true);
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_tells_products_later"() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN current_setting('kontor.products_told_by', true) = pg_current_xact_id()::text;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_products_told"("touched" uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('kontor.products_told_by', '', true);
  PERFORM "catalog_changed"('product', array_agg(p.marketplace_id), array_agg(p.id::text))
    FROM "products" p WHERE p.id = ANY ("touched");
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "catalog_product_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "catalog_tells_products_later"() THEN RETURN NULL; END IF;
  PERFORM "catalog_changed"('product', array_agg(marketplace_id), array_agg(id::text)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "catalog_product_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "catalog_tells_products_later"() THEN RETURN NULL; END IF;
  PERFORM "catalog_changed"('product', array_agg(p.marketplace_id), array_agg(p.id::text))
    FROM (SELECT DISTINCT product_id FROM touched) t JOIN "products" p ON p.id = t.product_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "catalog_variant_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "catalog_tells_products_later"() THEN RETURN NULL; END IF;
  PERFORM "catalog_changed"('product', array_agg(v.marketplace_id), array_agg(v.product_id::text))
    FROM (SELECT DISTINCT variant_id FROM touched) t JOIN "variants" v ON v.id = t.variant_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "catalog_offer_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "catalog_tells_products_later"() THEN RETURN NULL; END IF;
  PERFORM "catalog_changed"('product', array_agg(v.marketplace_id), array_agg(v.product_id::text))
    FROM (SELECT DISTINCT offer_id FROM touched) t
    JOIN "offers" o ON o.id = t.offer_id JOIN "variants" v ON v.id = o.variant_id;
  RETURN NULL;
END $$;
