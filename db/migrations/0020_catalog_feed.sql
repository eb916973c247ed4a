CREATE FUNCTION "catalog_market_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('market', array_agg(marketplace_id), array_agg(marketplace_id))
    FROM (SELECT DISTINCT marketplace_id FROM touched) t;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_promotion_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('promotion', array_agg(marketplace_id), array_agg(vendor))
    FROM (SELECT DISTINCT marketplace_id, coalesce(vendor_id, '') AS vendor FROM touched) t;
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE
  "of" record;
  "event" text;
BEGIN
  FOR "of" IN SELECT * FROM (VALUES
    ('class_schemes', 'catalog_market_changed'),
    ('class_nodes', 'catalog_market_changed'),
    ('class_attributes', 'catalog_market_changed'),
    ('search_synonyms', 'catalog_market_changed'),
    ('tax_rates', 'catalog_market_changed'),
    ('promotions', 'catalog_promotion_changed')
  ) AS watched("table", "function") LOOP
    FOREACH "event" IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
        "of"."table" || '_tell_' || lower("event"), "event", "of"."table",
        CASE "event" WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, "of"."function");
    END LOOP;
  END LOOP;
END $$;
