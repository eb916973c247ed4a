CREATE TABLE "search_settings" (
	"marketplace_id" text PRIMARY KEY NOT NULL,
	"languages" text[] NOT NULL,
	"synonyms" jsonb DEFAULT '[]' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "supplier_certificates" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"standard" text NOT NULL,
	"issuer" text NOT NULL,
	"number" text NOT NULL,
	"valid_until" date NOT NULL,
	"verified_by" text,
	"verified_at" timestamp with time zone,
	CONSTRAINT "supplier_certificates_once" UNIQUE("marketplace_id","company_id","standard","issuer","number","valid_until")
);
--> statement-breakpoint
CREATE TABLE "supplier_profiles" (
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"regions" text[] NOT NULL,
	"texts" jsonb NOT NULL,
	"supplies" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "supplier_profiles_marketplace_id_company_id_pk" PRIMARY KEY("marketplace_id","company_id")
);
--> statement-breakpoint
ALTER TABLE "catalog_changes_kept" ADD COLUMN "seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "supplier_certificates" ADD CONSTRAINT "supplier_certificates_of_profile" FOREIGN KEY ("marketplace_id","company_id") REFERENCES "public"."supplier_profiles"("marketplace_id","company_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "supplier_profiles_of_company" ON "supplier_profiles" USING btree ("company_id");