-- Numbers of changes are taken in another order than their transactions end in. Before a transaction takes its first, it
-- says with a lock which number was the last then: all that it takes are behind it. The mark (19284) in the lock's upper
-- sixteen bits tells it from other locks; a savepoint that is rolled back gives the lock up together with its changes.
CREATE OR REPLACE FUNCTION "catalog_changed"("kind" text, "places" text[], "ids" text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(cardinality("ids"), 0) = 0 THEN RETURN; END IF;
  IF current_setting('kontor.changes_of', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    PERFORM pg_advisory_xact_lock_shared(
      (19284::bigint << 48) | coalesce(pg_sequence_last_value('catalog_changes_seq_seq'), 0));
    PERFORM set_config('kontor.changes_of', pg_current_xact_id()::text, true);
  END IF;
  INSERT INTO "catalog_changes" ("marketplace_id", "subject", "subject_id")
    SELECT DISTINCT place, "kind", id FROM unnest("places", "ids") AS changed(place, id);
  PERFORM pg_notify('catalog_changes', '');
END $$;--> statement-breakpoint
-- The number up to which whoever looks afterwards sees all changes that were not rolled back. What comes first here comes
-- first in time: a number that is taken by now was taken under a lock, which is seen, or its transaction has ended.
CREATE FUNCTION "catalog_changes_settled"() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  "taken" bigint := coalesce(pg_sequence_last_value('catalog_changes_seq_seq'), 0);
  "held" bigint;
BEGIN
  SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) INTO "held" FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND classid::bigint >> 16 = 19284
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least("taken", "held");
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_settings_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('settings', array_agg(marketplace_id), array_agg(marketplace_id))
    FROM (SELECT DISTINCT marketplace_id FROM touched) t;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_supplier_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('supplier', array_agg(marketplace_id), array_agg(company_id))
    FROM (SELECT DISTINCT marketplace_id, company_id FROM touched) t;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_company_told"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('supplier', array_agg(s.marketplace_id), array_agg(s.company_id))
    FROM touched t JOIN "supplier_profiles" s ON s.company_id = t.company_id;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER "tax_rates_tell_insert" ON "tax_rates";--> statement-breakpoint
DROP TRIGGER "tax_rates_tell_update" ON "tax_rates";--> statement-breakpoint
DROP TRIGGER "tax_rates_tell_delete" ON "tax_rates";--> statement-breakpoint
DO $$
DECLARE
  "of" record;
  "event" text;
BEGIN
  FOR "of" IN SELECT * FROM (VALUES
    ('tax_rates', 'catalog_settings_changed'),
    ('search_settings', 'catalog_settings_changed'),
    ('supplier_profiles', 'catalog_supplier_changed'),
    ('supplier_certificates', 'catalog_supplier_changed'),
    ('company_profiles', 'catalog_company_told')
  ) AS watched("table", "function") LOOP
    FOREACH "event" IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
        "of"."table" || '_tell_' || lower("event"), "event", "of"."table",
        CASE "event" WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, "of"."function");
    END LOOP;
  END LOOP;
END $$;
