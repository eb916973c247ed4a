ALTER TABLE "search_synonyms" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "search_synonyms" CASCADE;--> statement-breakpoint
DROP INDEX "catalog_changes_in_order";--> statement-breakpoint
ALTER TABLE "catalog_changes" DROP COLUMN "transaction";--> statement-breakpoint
ALTER TABLE "catalog_changes_kept" DROP COLUMN "transaction";