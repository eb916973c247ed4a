CREATE TABLE "allocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"instrument_id" text NOT NULL,
	"company_id" text NOT NULL,
	"direction" text NOT NULL,
	"cause" text NOT NULL,
	"currency" text NOT NULL,
	"money" text NOT NULL,
	"goods" text NOT NULL,
	"receipts" jsonb NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"problem" jsonb,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "asset_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"direction" text NOT NULL,
	"asset_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"note" text NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "asset_requests_amount" CHECK ("asset_requests"."amount" > 0),
	CONSTRAINT "asset_requests_decision" CHECK (("asset_requests"."state" = 'requested') = ("asset_requests"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instrument_id" text NOT NULL,
	"trade_date" date NOT NULL,
	"company_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"state" text NOT NULL,
	"money_netted" bigint NOT NULL,
	"goods_netted" bigint NOT NULL,
	"fees_netted" bigint NOT NULL,
	"money_adjusted" bigint DEFAULT 0 NOT NULL,
	"goods_adjusted" bigint DEFAULT 0 NOT NULL,
	"money_settled" bigint DEFAULT 0 NOT NULL,
	"goods_settled" bigint DEFAULT 0 NOT NULL,
	"money_corrected" bigint DEFAULT 0 NOT NULL,
	"goods_corrected" bigint DEFAULT 0 NOT NULL,
	"disputed_by" text,
	"reason" text,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "obligations_once" UNIQUE("instrument_id","trade_date","company_id")
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"instrument_id" text NOT NULL,
	"trade_date" date NOT NULL,
	"marketplace_id" text NOT NULL,
	"state" text NOT NULL,
	"wanted_seq" bigint NOT NULL,
	"netted_seq" bigint,
	"price" text,
	"due_on" date,
	"next_on" date,
	"attempts" integer DEFAULT 0 NOT NULL,
	"fees_netted" bigint DEFAULT 0 NOT NULL,
	"fees_settled" bigint DEFAULT 0 NOT NULL,
	"fees_adjusted" bigint DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settlements_instrument_id_trade_date_pk" PRIMARY KEY("instrument_id","trade_date")
);
--> statement-breakpoint
CREATE TABLE "sweep_instructions" (
	"instrument_id" text NOT NULL,
	"company_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"armed" boolean NOT NULL,
	"sweeps" integer DEFAULT 0 NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sweep_instructions_instrument_id_company_id_pk" PRIMARY KEY("instrument_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "trading_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instrument_id" text NOT NULL,
	"company_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"money" text NOT NULL,
	"goods" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "allocations_by_time" ON "allocations" USING btree ("instrument_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "allocations_unfinished" ON "allocations" USING btree ("changed_at") WHERE "allocations"."state" in ('requested', 'held');--> statement-breakpoint
CREATE INDEX "asset_requests_by_time" ON "asset_requests" USING btree ("marketplace_id","direction","requested_at","id");--> statement-breakpoint
CREATE INDEX "asset_requests_of_company" ON "asset_requests" USING btree ("company_id","marketplace_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "obligations_of_company" ON "obligations" USING btree ("company_id","marketplace_id","trade_date");--> statement-breakpoint
CREATE INDEX "obligations_by_day" ON "obligations" USING btree ("marketplace_id","trade_date");--> statement-breakpoint
CREATE INDEX "settlements_next" ON "settlements" USING btree ("next_on") WHERE "settlements"."state" <> 'settled';--> statement-breakpoint
CREATE INDEX "settlements_by_day" ON "settlements" USING btree ("marketplace_id","trade_date","instrument_id");--> statement-breakpoint
CREATE INDEX "trading_corrections_open" ON "trading_corrections" USING btree ("at") WHERE not "trading_corrections"."done";