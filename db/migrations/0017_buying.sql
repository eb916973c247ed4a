CREATE TABLE "approval_delegations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"by_user" text NOT NULL,
	"to_user" text NOT NULL,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_delegations_period" CHECK ("approval_delegations"."valid_until" > "approval_delegations"."valid_from" and "approval_delegations"."by_user" <> "approval_delegations"."to_user")
);
--> statement-breakpoint
CREATE TABLE "approval_rules" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"division_id" uuid,
	"name" text NOT NULL,
	"owner_id" text NOT NULL,
	"position" integer NOT NULL,
	"condition" jsonb NOT NULL,
	"tiers" jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"cost_center_id" uuid,
	"member_id" text,
	"name" text NOT NULL,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	"mode" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "budgets_amounts" CHECK ("budgets"."amount" >= 0 and "budgets"."held" >= 0 and "budgets"."spent" >= 0),
	CONSTRAINT "budgets_limit" CHECK ("budgets"."mode" <> 'block' or "budgets"."held"::numeric + "budgets"."spent" <= "budgets"."amount"),
	CONSTRAINT "budgets_period" CHECK ("budgets"."valid_until" > "budgets"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "buying_terms" (
	"marketplace_id" text PRIMARY KEY NOT NULL,
	"approval_days" integer NOT NULL,
	"commission_vat" bigint NOT NULL,
	"commissions" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cart_lines" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"cart_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"deliver_on" date,
	"cost_center_id" uuid,
	"seen" jsonb,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cart_lines_once" UNIQUE NULLS NOT DISTINCT("cart_id","offer_id","unit","deliver_on"),
	CONSTRAINT "cart_lines_quantity" CHECK ("cart_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "carts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"user_id" text NOT NULL,
	"division_id" uuid,
	"currency" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cost_centers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cost_centers_once" UNIQUE("company_id","marketplace_id","code")
);
--> statement-breakpoint
CREATE TABLE "exchange_rates" (
	"marketplace_id" text NOT NULL,
	"from_currency" text NOT NULL,
	"to_currency" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"rate" numeric NOT NULL,
	"source" text NOT NULL,
	"set_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exchange_rates_marketplace_id_from_currency_to_currency_at_pk" PRIMARY KEY("marketplace_id","from_currency","to_currency","at"),
	CONSTRAINT "exchange_rates_rate" CHECK ("exchange_rates"."rate" > 0 and "exchange_rates"."from_currency" <> "exchange_rates"."to_currency")
);
--> statement-breakpoint
CREATE TABLE "freight_terms" (
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"free_from" bigint,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "freight_terms_marketplace_id_vendor_id_currency_pk" PRIMARY KEY("marketplace_id","vendor_id","currency"),
	CONSTRAINT "freight_terms_amount" CHECK ("freight_terms"."amount" >= 0 and coalesce("freight_terms"."free_from", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "requisition_lines" (
	"list_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"offer_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	CONSTRAINT "requisition_lines_list_id_position_pk" PRIMARY KEY("list_id","position")
);
--> statement-breakpoint
CREATE TABLE "requisition_lists" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_decisions" (
	"order_id" uuid NOT NULL,
	"tier" integer NOT NULL,
	"by" text NOT NULL,
	"verdict" text NOT NULL,
	"covers" integer[] NOT NULL,
	"on_behalf_of" text[] NOT NULL,
	"rejected_lines" integer[] NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "approval_decisions_order_id_tier_by_pk" PRIMARY KEY("order_id","tier","by")
);
--> statement-breakpoint
CREATE TABLE "budget_uses" (
	"budget_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line_nos" integer[] NOT NULL,
	"held" bigint NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_uses_budget_id_order_id_pk" PRIMARY KEY("budget_id","order_id"),
	CONSTRAINT "budget_uses_amounts" CHECK ("budget_uses"."held" >= 0 and "budget_uses"."spent" >= 0)
);
--> statement-breakpoint
CREATE TABLE "commission_lines" (
	"order_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"rule_id" text NOT NULL,
	"percent" bigint NOT NULL,
	"vat_percent" bigint NOT NULL,
	"base" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"vat" bigint NOT NULL,
	"payable" bigint NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "commission_lines_order_id_line_no_pk" PRIMARY KEY("order_id","line_no"),
	CONSTRAINT "commission_lines_sum" CHECK ("commission_lines"."base" = "commission_lines"."fee" + "commission_lines"."vat" + "commission_lines"."payable"),
	CONSTRAINT "commission_lines_refunded" CHECK ("commission_lines"."refunded" between 0 and "commission_lines"."base")
);
--> statement-breakpoint
CREATE TABLE "order_approvals" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"tiers" jsonb NOT NULL,
	"tier" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_payment_parts" (
	"payment_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"vendor_id" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "order_payment_parts_payment_id_order_id_pk" PRIMARY KEY("payment_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "order_payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"checkout_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_payments_amount" CHECK ("order_payments"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_order_lines" (
	"order_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"offer_id" uuid NOT NULL,
	"variant_id" uuid NOT NULL,
	"vendor_part_no" text NOT NULL,
	"buyer_part_no" text,
	"name" text NOT NULL,
	"brand_id" text,
	"class_ids" text[] NOT NULL,
	"quantity" bigint NOT NULL,
	"unit" text NOT NULL,
	"deliver_on" date,
	"cost_center_id" uuid,
	"frozen" jsonb NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"gross" bigint NOT NULL,
	"state" text NOT NULL,
	"proposal" jsonb,
	"reason" text,
	CONSTRAINT "purchase_order_lines_order_id_line_no_pk" PRIMARY KEY("order_id","line_no"),
	CONSTRAINT "purchase_order_lines_gross" CHECK ("purchase_order_lines"."gross" = "purchase_order_lines"."net" + "purchase_order_lines"."tax" and "purchase_order_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_order_numbers" (
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "purchase_order_numbers_marketplace_id_vendor_id_pk" PRIMARY KEY("marketplace_id","vendor_id")
);
--> statement-breakpoint
CREATE TABLE "purchase_order_record" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"order_id" uuid NOT NULL,
	"action" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purchase_orders" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"checkout_id" uuid NOT NULL,
	"company_id" text NOT NULL,
	"division_id" uuid,
	"vendor_id" text NOT NULL,
	"number" bigint NOT NULL,
	"buyer_number" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"currency" text NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"freight" bigint NOT NULL,
	"small_order_fee" bigint NOT NULL,
	"total" bigint NOT NULL,
	"expires_at" timestamp with time zone,
	"placed_at" timestamp with time zone,
	"reason" text,
	"captured" bigint DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "purchase_orders_once" UNIQUE("checkout_id","vendor_id"),
	CONSTRAINT "purchase_orders_number" UNIQUE("marketplace_id","vendor_id","number"),
	CONSTRAINT "purchase_orders_total" CHECK ("purchase_orders"."total" = "purchase_orders"."net" + "purchase_orders"."tax" + "purchase_orders"."freight" + "purchase_orders"."small_order_fee"),
	CONSTRAINT "purchase_orders_expiry" CHECK (("purchase_orders"."state" = 'awaiting_approval') = ("purchase_orders"."expires_at" is not null)),
	CONSTRAINT "purchase_orders_captured" CHECK ("purchase_orders"."captured" >= 0 and "purchase_orders"."refunded" between 0 and "purchase_orders"."captured")
);
--> statement-breakpoint
CREATE TABLE "vendor_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"order_id" uuid NOT NULL,
	"line_no" integer,
	"kind" text NOT NULL,
	"currency" text NOT NULL,
	"gross" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"vat" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text,
	"payout_id" uuid,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vendor_entries_sum" CHECK ("vendor_entries"."gross" = "vendor_entries"."fee" + "vendor_entries"."vat" + "vendor_entries"."amount")
);
--> statement-breakpoint
CREATE TABLE "vendor_payouts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vendor_payouts_amount" CHECK ("vendor_payouts"."amount" > 0)
);
--> statement-breakpoint
ALTER TABLE "approval_rules" ADD CONSTRAINT "approval_rules_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_cost_center_id_cost_centers_id_fk" FOREIGN KEY ("cost_center_id") REFERENCES "public"."cost_centers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_carts_id_fk" FOREIGN KEY ("cart_id") REFERENCES "public"."carts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cost_center_id_cost_centers_id_fk" FOREIGN KEY ("cost_center_id") REFERENCES "public"."cost_centers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requisition_lines" ADD CONSTRAINT "requisition_lines_list_id_requisition_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."requisition_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requisition_lines" ADD CONSTRAINT "requisition_lines_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_order_id_order_approvals_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."order_approvals"("order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_uses" ADD CONSTRAINT "budget_uses_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_uses" ADD CONSTRAINT "budget_uses_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commission_lines" ADD CONSTRAINT "commission_lines_of_line" FOREIGN KEY ("order_id","line_no") REFERENCES "public"."purchase_order_lines"("order_id","line_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_approvals" ADD CONSTRAINT "order_approvals_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_payment_parts" ADD CONSTRAINT "order_payment_parts_payment_id_order_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."order_payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_payment_parts" ADD CONSTRAINT "order_payment_parts_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_order_record" ADD CONSTRAINT "purchase_order_record_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_entries" ADD CONSTRAINT "vendor_entries_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_entries" ADD CONSTRAINT "vendor_entries_payout_id_vendor_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."vendor_payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approval_delegations_of_company" ON "approval_delegations" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "approval_rules_of_company" ON "approval_rules" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "budgets_of_company" ON "budgets" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "carts_open" ON "carts" USING btree ("user_id","company_id","marketplace_id",coalesce("division_id"::text, '')) WHERE "carts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "requisition_lists_of_company" ON "requisition_lists" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "budget_uses_of_order" ON "budget_uses" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "order_payments_of_checkout" ON "order_payments" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "purchase_order_record_of_order" ON "purchase_order_record" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "purchase_orders_of_company" ON "purchase_orders" USING btree ("company_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "purchase_orders_of_vendor" ON "purchase_orders" USING btree ("vendor_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "purchase_orders_by_time" ON "purchase_orders" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "purchase_orders_due" ON "purchase_orders" USING btree ("expires_at") WHERE "purchase_orders"."state" = 'awaiting_approval';--> statement-breakpoint
CREATE INDEX "vendor_entries_of_vendor" ON "vendor_entries" USING btree ("vendor_id","marketplace_id","at","id");--> statement-breakpoint
CREATE INDEX "vendor_entries_unpaid" ON "vendor_entries" USING btree ("vendor_id","marketplace_id","currency") WHERE "vendor_entries"."payout_id" is null;--> statement-breakpoint
CREATE INDEX "vendor_payouts_of_vendor" ON "vendor_payouts" USING btree ("vendor_id","marketplace_id","at","id");--> statement-breakpoint
CREATE TRIGGER "purchase_order_record_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "purchase_order_record"
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE TRIGGER "approval_decisions_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "approval_decisions"
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE TRIGGER "exchange_rates_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "exchange_rates"
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"();