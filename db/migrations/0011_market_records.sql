CREATE TABLE "candles" (
	"instrument_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"interval" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"open" numeric NOT NULL,
	"high" numeric NOT NULL,
	"low" numeric NOT NULL,
	"close" numeric NOT NULL,
	"volume" numeric NOT NULL,
	"turnover" numeric NOT NULL,
	"trades" integer NOT NULL,
	"auction" boolean NOT NULL,
	"version" integer NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "candles_instrument_id_interval_start_pk" PRIMARY KEY("instrument_id","interval","start")
);
--> statement-breakpoint
CREATE TABLE "fills" (
	"id" text PRIMARY KEY NOT NULL,
	"trade_id" text NOT NULL,
	"order_id" text NOT NULL,
	"instrument_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"side" text NOT NULL,
	"role" text NOT NULL,
	"price" numeric NOT NULL,
	"quantity" numeric NOT NULL,
	"value" numeric NOT NULL,
	"fee" numeric NOT NULL,
	"currency" text NOT NULL,
	"unit" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"busted" boolean NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instrument_days" (
	"instrument_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"day" text NOT NULL,
	"open" numeric,
	"high" numeric,
	"low" numeric,
	"close" numeric,
	"volume" numeric NOT NULL,
	"turnover" numeric NOT NULL,
	"trades" integer NOT NULL,
	"orders" integer NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "instrument_days_instrument_id_day_pk" PRIMARY KEY("instrument_id","day")
);
--> statement-breakpoint
CREATE TABLE "instruments" (
	"id" text PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"created_by" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"grade" text NOT NULL,
	"place" text NOT NULL,
	"terms" jsonb NOT NULL,
	"phase" text NOT NULL,
	"last" numeric,
	"last_at" timestamp with time zone,
	"reference" numeric,
	"drafted_at" timestamp with time zone NOT NULL,
	"listed_at" timestamp with time zone,
	"delisted_at" timestamp with time zone,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"instrument_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"user_id" text NOT NULL,
	"side" text NOT NULL,
	"kind" text NOT NULL,
	"tif" text NOT NULL,
	"price" numeric,
	"stop_price" numeric,
	"quantity" numeric NOT NULL,
	"filled" numeric NOT NULL,
	"leaves" numeric NOT NULL,
	"state" text NOT NULL,
	"cause" text,
	"replaced_by" text,
	"counted_quantity" numeric NOT NULL,
	"counted_value" numeric NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trades" (
	"id" text PRIMARY KEY NOT NULL,
	"instrument_id" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"price" numeric NOT NULL,
	"quantity" numeric NOT NULL,
	"taker_side" text,
	"auction" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"place" bigint NOT NULL,
	"busted" boolean NOT NULL,
	"replaces" text,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "fills_by_time" ON "fills" USING btree ("marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "fills_of_company" ON "fills" USING btree ("company_id","marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "fills_of_order" ON "fills" USING btree ("order_id","at","id");--> statement-breakpoint
CREATE INDEX "instruments_by_draft" ON "instruments" USING btree ("marketplace_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "orders_by_time" ON "orders" USING btree ("marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "orders_of_company" ON "orders" USING btree ("company_id","marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "trades_of_instrument" ON "trades" USING btree ("instrument_id","at","id");