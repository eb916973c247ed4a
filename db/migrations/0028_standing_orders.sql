CREATE TABLE "standing_order_dates" (
	"standing_order_id" uuid NOT NULL,
	"date" date NOT NULL,
	"step" integer NOT NULL,
	"no" integer NOT NULL,
	"order_on" date NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"remind_at" timestamp with time zone,
	"state" text DEFAULT 'planned' NOT NULL,
	"changes" jsonb,
	"requested_by" text,
	"asked" jsonb,
	"expires_at" timestamp with time zone,
	"checkout_id" uuid,
	"problem" jsonb,
	"done_at" timestamp with time zone,
	CONSTRAINT "standing_order_dates_standing_order_id_date_pk" PRIMARY KEY("standing_order_id","date"),
	CONSTRAINT "standing_order_dates_no" UNIQUE("standing_order_id","no"),
	CONSTRAINT "standing_order_dates_asked" CHECK ("standing_order_dates"."state" <> 'asked' or "standing_order_dates"."expires_at" is not null),
	CONSTRAINT "standing_order_dates_ordered" CHECK (("standing_order_dates"."state" = 'ordered') = ("standing_order_dates"."checkout_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "standing_order_lines" (
	"standing_order_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"offer_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"cost_center_id" uuid,
	"agreed" jsonb NOT NULL,
	"agreed_at" timestamp with time zone NOT NULL,
	"agreed_by" text NOT NULL,
	CONSTRAINT "standing_order_lines_standing_order_id_line_no_pk" PRIMARY KEY("standing_order_id","line_no"),
	CONSTRAINT "standing_order_lines_quantity" CHECK ("standing_order_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "standing_orders" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"division_id" uuid,
	"requested_by" text NOT NULL,
	"name" text NOT NULL,
	"buyer_number" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"rule" jsonb NOT NULL,
	"start_on" date NOT NULL,
	"end_on" date,
	"count" integer,
	"remind_days" integer,
	"tolerance" bigint NOT NULL,
	"consent_days" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "standing_orders_end" CHECK ("standing_orders"."end_on" is null or "standing_orders"."end_on" >= "standing_orders"."start_on"),
	CONSTRAINT "standing_orders_tolerance" CHECK ("standing_orders"."tolerance" >= 0 and coalesce("standing_orders"."count", 1) > 0)
);
--> statement-breakpoint
ALTER TABLE "buying_terms" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "buying_terms" ADD COLUMN "holidays" date[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "quotes" ADD COLUMN "told_expired" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "standing_order_dates" ADD CONSTRAINT "standing_order_dates_standing_order_id_standing_orders_id_fk" FOREIGN KEY ("standing_order_id") REFERENCES "public"."standing_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing_order_lines" ADD CONSTRAINT "standing_order_lines_standing_order_id_standing_orders_id_fk" FOREIGN KEY ("standing_order_id") REFERENCES "public"."standing_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing_order_lines" ADD CONSTRAINT "standing_order_lines_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing_order_lines" ADD CONSTRAINT "standing_order_lines_cost_center_id_cost_centers_id_fk" FOREIGN KEY ("cost_center_id") REFERENCES "public"."cost_centers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standing_orders" ADD CONSTRAINT "standing_orders_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "standing_order_dates_due" ON "standing_order_dates" USING btree ("due_at") WHERE "standing_order_dates"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "standing_order_dates_reminders" ON "standing_order_dates" USING btree ("remind_at") WHERE "standing_order_dates"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "standing_order_dates_expiry" ON "standing_order_dates" USING btree ("expires_at") WHERE "standing_order_dates"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "standing_orders_of_company" ON "standing_orders" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "quotes_running" ON "quotes" USING btree ("id") WHERE "quotes"."told_expired" < "quotes"."version";