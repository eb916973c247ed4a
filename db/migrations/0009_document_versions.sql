ALTER TABLE "marketplace_staff" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "marketplaces" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;