CREATE TABLE "past_terms" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "past_terms_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"table_name" text NOT NULL,
	"row_key" text NOT NULL,
	"row" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "past_terms_kept" (
	"one" boolean PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "past_terms_of_row" ON "past_terms" USING btree ("table_name","row_key","at");--> statement-breakpoint
CREATE INDEX "past_terms_by_time" ON "past_terms" USING btree ("table_name","at");--> statement-breakpoint
INSERT INTO "past_terms_kept" VALUES (true, now());--> statement-breakpoint
CREATE TRIGGER "past_terms_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "past_terms"
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE FUNCTION "terms_keep_past"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "image" jsonb := CASE TG_OP WHEN 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END;
BEGIN
  INSERT INTO "past_terms" ("table_name", "row_key", "row")
    SELECT TG_TABLE_NAME, string_agg("image" ->> "column", ' ' ORDER BY "place"), CASE TG_OP WHEN 'INSERT' THEN NULL ELSE "image" END
    FROM unnest(TG_ARGV) WITH ORDINALITY AS named("column", "place");
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE SCHEMA "as_of";--> statement-breakpoint
-- The instant whose rows are asked for, which the transaction sets.
CREATE FUNCTION "as_of"."instant"() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT current_setting('kontor.as_of')::timestamptz $$;--> statement-breakpoint
-- Of each row what it was before the first change after that instant; as it is where there was none.
DO $$
DECLARE
  "of" record;
BEGIN
  FOR "of" IN SELECT * FROM (VALUES
    ('price_lists', ARRAY['id']),
    ('price_list_assignments', ARRAY['list_id', 'target', 'target_id']),
    ('agreements', ARRAY['id']),
    ('quantity_rules', ARRAY['id']),
    ('order_minimums', ARRAY['id']),
    ('customer_groups', ARRAY['id']),
    ('customer_group_members', ARRAY['group_id', 'company_id']),
    ('divisions', ARRAY['id']),
    ('promotions', ARRAY['id']),
    ('assortments', ARRAY['id']),
    ('assortment_items', ARRAY['assortment_id', 'mode', 'kind', 'item_id'])
  ) AS kept("name", "columns") LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION terms_keep_past(%s)',
      "of"."name" || '_past', "of"."name", (SELECT string_agg(quote_literal(c), ', ') FROM unnest("of"."columns") c));
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION terms_keep_past(%s)',
      "of"."name" || '_past_on_update', "of"."name", (SELECT string_agg(quote_literal(c), ', ') FROM unnest("of"."columns") c));
    EXECUTE format($view$CREATE VIEW as_of.%1$I AS
      SELECT t.* FROM public.%1$I t WHERE NOT EXISTS (SELECT 1 FROM public.past_terms p WHERE p.table_name = %1$L
        AND p.row_key = concat_ws(' ', %2$s) AND p.at > as_of.instant())
      UNION ALL
      SELECT r.* FROM (SELECT DISTINCT ON (p.row_key) p.row FROM public.past_terms p
        WHERE p.table_name = %1$L AND p.at > as_of.instant() ORDER BY p.row_key, p.at, p.seq) was,
        LATERAL jsonb_populate_record(NULL::public.%1$I, was.row) r WHERE was.row IS NOT NULL$view$,
      "of"."name", (SELECT string_agg(format('t.%I', c), ', ') FROM unnest("of"."columns") c));
  END LOOP;
END $$;
