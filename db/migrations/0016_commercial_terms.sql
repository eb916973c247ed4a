ALTER TABLE "agreements" ADD COLUMN "terms_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "proposal" jsonb;--> statement-breakpoint
ALTER TABLE "customer_groups" ADD COLUMN "loyalty_level" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "variant_units" ADD COLUMN "decimals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "variant_units" ADD COLUMN "is_sold" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "marketplaces" ADD COLUMN "rounding" text DEFAULT 'half_up' NOT NULL;--> statement-breakpoint
ALTER TABLE "variant_units" ADD CONSTRAINT "variant_units_decimals" CHECK ("variant_units"."decimals" between 0 and 6);