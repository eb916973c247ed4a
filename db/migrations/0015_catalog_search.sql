CREATE TABLE "catalog_changes_kept" (
	"one" boolean PRIMARY KEY NOT NULL,
	"transaction" "xid8" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"marketplace_id" text NOT NULL,
	"country" text NOT NULL,
	"category" text NOT NULL,
	"percent" bigint NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tax_rates_marketplace_id_country_category_pk" PRIMARY KEY("marketplace_id","country","category")
);
--> statement-breakpoint
CREATE TABLE "search_synonyms" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"language" text NOT NULL,
	"phrases" text[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "tax_category" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
CREATE INDEX "search_synonyms_of_marketplace" ON "search_synonyms" USING btree ("marketplace_id");