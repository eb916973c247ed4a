CREATE TABLE "accepted_quote_lines" (
	"acceptance_id" uuid NOT NULL,
	"quote_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	CONSTRAINT "accepted_quote_lines_acceptance_id_line_no_pk" PRIMARY KEY("acceptance_id","line_no")
);
--> statement-breakpoint
CREATE TABLE "estimate_lines" (
	"estimate_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"line_no" integer NOT NULL,
	"offer_id" uuid,
	"variant_id" uuid,
	"description" text DEFAULT '' NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"target_price" bigint,
	CONSTRAINT "estimate_lines_estimate_id_no_line_no_pk" PRIMARY KEY("estimate_id","no","line_no"),
	CONSTRAINT "estimate_lines_quantity" CHECK ("estimate_lines"."quantity" > 0 and coalesce("estimate_lines"."target_price", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "estimate_versions" (
	"estimate_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"currency" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "estimate_versions_estimate_id_no_pk" PRIMARY KEY("estimate_id","no")
);
--> statement-breakpoint
CREATE TABLE "estimates" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quote_acceptances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"quote_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"outcome" text NOT NULL,
	"outcome_id" uuid NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quote_invitations" (
	"request_id" uuid NOT NULL,
	"vendor_id" text NOT NULL,
	"seen_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "quote_invitations_request_id_vendor_id_pk" PRIMARY KEY("request_id","vendor_id")
);
--> statement-breakpoint
CREATE TABLE "quote_request_lines" (
	"request_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"offer_id" uuid,
	"variant_id" uuid,
	"description" text DEFAULT '' NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"target_price" bigint,
	CONSTRAINT "quote_request_lines_request_id_line_no_pk" PRIMARY KEY("request_id","line_no"),
	CONSTRAINT "quote_request_lines_quantity" CHECK ("quote_request_lines"."quantity" > 0 and coalesce("quote_request_lines"."target_price", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "quote_requests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"division_id" uuid,
	"requested_by" text NOT NULL,
	"title" text NOT NULL,
	"currency" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"delivery_term" text,
	"delivery_place" text,
	"note" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"sent_at" timestamp with time zone,
	"estimate_id" uuid,
	"estimate_no" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quote_versions" (
	"quote_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"currency" text NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"delivery_term" text,
	"delivery_place" text,
	"lead_time_days" integer,
	"agreement" jsonb,
	"note" text DEFAULT '' NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "quote_versions_quote_id_no_pk" PRIMARY KEY("quote_id","no")
);
--> statement-breakpoint
CREATE TABLE "quoted_tiers" (
	"quote_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"line_no" integer NOT NULL,
	"position" integer NOT NULL,
	"offer_id" uuid,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"price" bigint NOT NULL,
	"price_base_quantity" bigint NOT NULL,
	"allows_more" boolean NOT NULL,
	CONSTRAINT "quoted_tiers_quote_id_no_line_no_position_pk" PRIMARY KEY("quote_id","no","line_no","position"),
	CONSTRAINT "quoted_tiers_amounts" CHECK ("quoted_tiers"."quantity" > 0 and "quoted_tiers"."price" >= 0 and "quoted_tiers"."price_base_quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "quotes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"request_id" uuid NOT NULL,
	"vendor_id" text NOT NULL,
	"addition" bigint,
	"addition_note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "quotes_once" UNIQUE("request_id","vendor_id"),
	CONSTRAINT "quotes_addition" CHECK (coalesce("quotes"."addition", 0) >= 0)
);
--> statement-breakpoint
ALTER TABLE "accepted_quote_lines" ADD CONSTRAINT "accepted_quote_lines_acceptance_id_quote_acceptances_id_fk" FOREIGN KEY ("acceptance_id") REFERENCES "public"."quote_acceptances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accepted_quote_lines" ADD CONSTRAINT "accepted_quote_lines_quote_id_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "public"."quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "estimate_lines" ADD CONSTRAINT "estimate_lines_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "estimate_lines" ADD CONSTRAINT "estimate_lines_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "estimate_lines" ADD CONSTRAINT "estimate_lines_of_version" FOREIGN KEY ("estimate_id","no") REFERENCES "public"."estimate_versions"("estimate_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "estimate_versions" ADD CONSTRAINT "estimate_versions_estimate_id_estimates_id_fk" FOREIGN KEY ("estimate_id") REFERENCES "public"."estimates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_acceptances" ADD CONSTRAINT "quote_acceptances_of_version" FOREIGN KEY ("quote_id","no") REFERENCES "public"."quote_versions"("quote_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_invitations" ADD CONSTRAINT "quote_invitations_request_id_quote_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."quote_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_request_lines" ADD CONSTRAINT "quote_request_lines_request_id_quote_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."quote_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_request_lines" ADD CONSTRAINT "quote_request_lines_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_request_lines" ADD CONSTRAINT "quote_request_lines_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_requests" ADD CONSTRAINT "quote_requests_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_requests" ADD CONSTRAINT "quote_requests_of_estimate" FOREIGN KEY ("estimate_id","estimate_no") REFERENCES "public"."estimate_versions"("estimate_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quote_versions" ADD CONSTRAINT "quote_versions_quote_id_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "public"."quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quoted_tiers" ADD CONSTRAINT "quoted_tiers_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quoted_tiers" ADD CONSTRAINT "quoted_tiers_of_version" FOREIGN KEY ("quote_id","no") REFERENCES "public"."quote_versions"("quote_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_request_id_quote_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."quote_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accepted_quote_lines_once" ON "accepted_quote_lines" USING btree ("quote_id","line_no");--> statement-breakpoint
CREATE INDEX "estimates_of_company" ON "estimates" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quote_acceptances_of_quote" ON "quote_acceptances" USING btree ("quote_id");--> statement-breakpoint
CREATE INDEX "quote_invitations_of_vendor" ON "quote_invitations" USING btree ("vendor_id","request_id");--> statement-breakpoint
CREATE INDEX "quote_requests_of_company" ON "quote_requests" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quote_requests_by_time" ON "quote_requests" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quotes_of_vendor" ON "quotes" USING btree ("vendor_id","marketplace_id","created_at","id");