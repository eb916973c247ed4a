CREATE TABLE "company_profiles" (
	"company_id" text PRIMARY KEY NOT NULL,
	"legal_name" text NOT NULL,
	"country" text NOT NULL,
	"registration_no" text DEFAULT '' NOT NULL,
	"vat_id" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marketplace_staff" (
	"marketplace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marketplace_staff_marketplace_id_user_id_pk" PRIMARY KEY("marketplace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "marketplaces" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"currency" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marketplaces_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "participations" (
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"side" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "participations_marketplace_id_company_id_pk" PRIMARY KEY("marketplace_id","company_id"),
	CONSTRAINT "participations_decision" CHECK (("participations"."status" = 'pending') = ("participations"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"id" text PRIMARY KEY NOT NULL,
	"lot_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"owner_company_id" text NOT NULL,
	"status" text NOT NULL,
	"price" numeric NOT NULL,
	"currency" text NOT NULL,
	"rank" integer NOT NULL,
	"reason" text,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"standstill_ends_at" timestamp with time zone,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bids" (
	"id" text PRIMARY KEY NOT NULL,
	"lot_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"user_id" text NOT NULL,
	"alias" integer,
	"price" numeric NOT NULL,
	"currency" text NOT NULL,
	"maximum" numeric,
	"source" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"voided" boolean NOT NULL,
	"void_reason" text,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" text PRIMARY KEY NOT NULL,
	"award_id" text NOT NULL,
	"lot_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"owner_company_id" text NOT NULL,
	"title" text NOT NULL,
	"quantity" text NOT NULL,
	"unit" text NOT NULL,
	"price" numeric NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"signed_by_owner_at" timestamp with time zone,
	"signed_by_counterparty_at" timestamp with time zone,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "initial_prices" (
	"lot_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"price" numeric NOT NULL,
	"currency" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"evaluated_price" numeric,
	"note" text,
	"disqualified" text,
	"seq" bigint NOT NULL,
	CONSTRAINT "initial_prices_lot_id_company_id_pk" PRIMARY KEY("lot_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "lot_bidders" (
	"lot_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"alias" integer NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "lot_bidders_lot_id_company_id_pk" PRIMARY KEY("lot_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" text PRIMARY KEY NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"grade" text NOT NULL,
	"quantity" text NOT NULL,
	"unit" text NOT NULL,
	"direction" text NOT NULL,
	"format" text NOT NULL,
	"visibility" text NOT NULL,
	"currency" text NOT NULL,
	"price_scale" integer NOT NULL,
	"terms" jsonb NOT NULL,
	"phase" text NOT NULL,
	"reason" text,
	"opens_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"extensions" integer NOT NULL,
	"bid_count" integer NOT NULL,
	"best_price" numeric,
	"leader_company_id" text,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"result_price" numeric,
	"winner_company_id" text,
	"revealed" boolean NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"company_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"kind" text NOT NULL,
	"tender_id" text NOT NULL,
	"lot_id" text,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"tender_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"text" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"published" boolean NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tender_suppliers" (
	"tender_id" text NOT NULL,
	"company_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"at" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "tender_suppliers_tender_id_company_id_pk" PRIMARY KEY("tender_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "tenders" (
	"id" text PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"owner_company_id" text NOT NULL,
	"created_by" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"reference" text NOT NULL,
	"direction" text NOT NULL,
	"currency" text NOT NULL,
	"procedure" jsonb NOT NULL,
	"admission" text NOT NULL,
	"questions_until" timestamp with time zone,
	"submissions_until" timestamp with time zone,
	"auction_opens_at" timestamp with time zone,
	"stage" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"listed_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"cancelled_reason" text,
	"draw_commitment" text,
	"draw_secret" text,
	"amendments" jsonb NOT NULL,
	"lots_count" integer NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "marketplace_staff" ADD CONSTRAINT "marketplace_staff_marketplace_id_marketplaces_id_fk" FOREIGN KEY ("marketplace_id") REFERENCES "public"."marketplaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_marketplace_id_marketplaces_id_fk" FOREIGN KEY ("marketplace_id") REFERENCES "public"."marketplaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "marketplace_staff_of_user" ON "marketplace_staff" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "marketplaces_by_name" ON "marketplaces" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "participations_of_company" ON "participations" USING btree ("company_id","marketplace_id");--> statement-breakpoint
CREATE INDEX "awards_by_time" ON "awards" USING btree ("marketplace_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "awards_of_company" ON "awards" USING btree ("company_id","marketplace_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "awards_of_owner" ON "awards" USING btree ("owner_company_id","marketplace_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "awards_of_lot" ON "awards" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "awards_of_tender" ON "awards" USING btree ("tender_id");--> statement-breakpoint
CREATE INDEX "bids_of_lot" ON "bids" USING btree ("lot_id","at","id");--> statement-breakpoint
CREATE INDEX "bids_of_company" ON "bids" USING btree ("company_id","marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "bids_of_tender" ON "bids" USING btree ("tender_id","at","id");--> statement-breakpoint
CREATE INDEX "contracts_by_time" ON "contracts" USING btree ("marketplace_id","drawn_at","id");--> statement-breakpoint
CREATE INDEX "contracts_of_company" ON "contracts" USING btree ("company_id","marketplace_id","drawn_at","id");--> statement-breakpoint
CREATE INDEX "contracts_of_owner" ON "contracts" USING btree ("owner_company_id","marketplace_id","drawn_at","id");--> statement-breakpoint
CREATE INDEX "contracts_of_lot" ON "contracts" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "contracts_of_tender" ON "contracts" USING btree ("tender_id");--> statement-breakpoint
CREATE INDEX "initial_prices_of_tender" ON "initial_prices" USING btree ("tender_id");--> statement-breakpoint
CREATE INDEX "lot_bidders_of_tender" ON "lot_bidders" USING btree ("tender_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lots_of_tender" ON "lots" USING btree ("tender_id","number");--> statement-breakpoint
CREATE INDEX "lots_by_opening" ON "lots" USING btree ("marketplace_id","opens_at","id");--> statement-breakpoint
CREATE INDEX "lots_of_winner" ON "lots" USING btree ("winner_company_id");--> statement-breakpoint
CREATE INDEX "notices_of_company" ON "notices" USING btree ("company_id","at","id");--> statement-breakpoint
CREATE INDEX "notices_of_tender" ON "notices" USING btree ("tender_id");--> statement-breakpoint
CREATE INDEX "notices_of_marketplace" ON "notices" USING btree ("marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "questions_of_tender" ON "questions" USING btree ("tender_id","asked_at","id");--> statement-breakpoint
CREATE INDEX "tender_suppliers_of_company" ON "tender_suppliers" USING btree ("company_id","marketplace_id");--> statement-breakpoint
CREATE INDEX "tenders_by_listing" ON "tenders" USING btree ("marketplace_id","listed_at","id");--> statement-breakpoint
CREATE INDEX "tenders_by_deadline" ON "tenders" USING btree ("marketplace_id","deadline_at","id");--> statement-breakpoint
CREATE INDEX "tenders_of_owner" ON "tenders" USING btree ("owner_company_id","marketplace_id");