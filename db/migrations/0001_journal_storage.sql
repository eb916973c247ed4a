-- Heads change with every append: free room on each page keeps the new row version on it (HOT), so no index grows.
ALTER TABLE "shards" SET (fillfactor = 25, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
-- Entries are written once and read in order: compressing them would only cost the writer time.
ALTER TABLE "journal_segments" ALTER COLUMN "entries" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "snapshots" ALTER COLUMN "state" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE FUNCTION "refuse_journal_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP USING ERRCODE = 'KJ001';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "journal_segments_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_segments"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_journal_change"();
--> statement-breakpoint
-- Also for a session that replays replicated changes, which skips ordinary triggers.
ALTER TABLE "journal_segments" ENABLE ALWAYS TRIGGER "journal_segments_append_only";
