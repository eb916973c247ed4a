CREATE TABLE "order_reduction_lines" (
	"order_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"line_no" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"net" bigint DEFAULT 0 NOT NULL,
	"tax" bigint DEFAULT 0 NOT NULL,
	"gross" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "order_reduction_lines_order_id_no_line_no_pk" PRIMARY KEY("order_id","no","line_no"),
	CONSTRAINT "order_reduction_lines_amounts" CHECK ("order_reduction_lines"."quantity" > 0 and "order_reduction_lines"."gross" = "order_reduction_lines"."net" + "order_reduction_lines"."tax")
);
--> statement-breakpoint
CREATE TABLE "order_reductions" (
	"order_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"kind" text NOT NULL,
	"side" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answer" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"charges" bigint DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "order_reductions_order_id_no_pk" PRIMARY KEY("order_id","no"),
	CONSTRAINT "order_reductions_decided" CHECK (("order_reductions"."state" = 'asked') = ("order_reductions"."decided_at" is null)),
	CONSTRAINT "order_reductions_amounts" CHECK (least("order_reductions"."charges", "order_reductions"."refunded") >= 0)
);
--> statement-breakpoint
CREATE TABLE "shipment_lines" (
	"order_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"line_no" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"damaged" bigint DEFAULT 0 NOT NULL,
	"missing" bigint DEFAULT 0 NOT NULL,
	"reason" text,
	CONSTRAINT "shipment_lines_order_id_no_line_no_pk" PRIMARY KEY("order_id","no","line_no"),
	CONSTRAINT "shipment_lines_quantity" CHECK ("shipment_lines"."quantity" > 0),
	CONSTRAINT "shipment_lines_arrived" CHECK (least("shipment_lines"."received", "shipment_lines"."damaged", "shipment_lines"."missing") >= 0
        and "shipment_lines"."received" + "shipment_lines"."damaged" + "shipment_lines"."missing" in (0, "shipment_lines"."quantity"))
);
--> statement-breakpoint
CREATE TABLE "shipments" (
	"order_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"carrier" text NOT NULL,
	"tracking" text NOT NULL,
	"shipped_on" date NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"received_by" text,
	"received_at" timestamp with time zone,
	CONSTRAINT "shipments_order_id_no_pk" PRIMARY KEY("order_id","no"),
	CONSTRAINT "shipments_received" CHECK (("shipments"."received_by" is null) = ("shipments"."received_at" is null))
);
--> statement-breakpoint
ALTER TABLE "budget_uses" DROP CONSTRAINT "budget_uses_amounts";--> statement-breakpoint
ALTER TABLE "purchase_orders" DROP CONSTRAINT "purchase_orders_total";--> statement-breakpoint
ALTER TABLE "freight_terms" ADD COLUMN "tax_percent" bigint;--> statement-breakpoint
ALTER TABLE "budget_uses" ADD COLUMN "given_back" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "cancelled" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "shipped" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "received" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "damaged" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "missing" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD COLUMN "returned" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD COLUMN "charges_tax" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD COLUMN "charges_tax_percent" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD COLUMN "fulfilment" text;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD COLUMN "credited" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_reduction_lines" ADD CONSTRAINT "order_reduction_lines_of_reduction" FOREIGN KEY ("order_id","no") REFERENCES "public"."order_reductions"("order_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_reduction_lines" ADD CONSTRAINT "order_reduction_lines_of_line" FOREIGN KEY ("order_id","line_no") REFERENCES "public"."purchase_order_lines"("order_id","line_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_reductions" ADD CONSTRAINT "order_reductions_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipment_lines" ADD CONSTRAINT "shipment_lines_of_shipment" FOREIGN KEY ("order_id","no") REFERENCES "public"."shipments"("order_id","no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipment_lines" ADD CONSTRAINT "shipment_lines_of_line" FOREIGN KEY ("order_id","line_no") REFERENCES "public"."purchase_order_lines"("order_id","line_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_purchase_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."purchase_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_reductions_asked" ON "order_reductions" USING btree ("order_id") WHERE "order_reductions"."state" = 'asked';--> statement-breakpoint
ALTER TABLE "freight_terms" ADD CONSTRAINT "freight_terms_tax" CHECK (coalesce("freight_terms"."tax_percent", 0) >= 0);--> statement-breakpoint
ALTER TABLE "budget_uses" ADD CONSTRAINT "budget_uses_amounts" CHECK ("budget_uses"."held" >= 0 and "budget_uses"."spent" >= 0 and "budget_uses"."given_back" >= 0);--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_shipped" CHECK (least("purchase_order_lines"."cancelled", "purchase_order_lines"."shipped") >= 0 and "purchase_order_lines"."cancelled" + "purchase_order_lines"."shipped" <= "purchase_order_lines"."quantity");--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_arrived" CHECK (least("purchase_order_lines"."received", "purchase_order_lines"."damaged", "purchase_order_lines"."missing") >= 0
        and "purchase_order_lines"."received" + "purchase_order_lines"."damaged" + "purchase_order_lines"."missing" <= "purchase_order_lines"."shipped");--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_returned" CHECK ("purchase_order_lines"."returned" between 0 and "purchase_order_lines"."received" + "purchase_order_lines"."damaged" + "purchase_order_lines"."missing");--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_credited" CHECK ("purchase_orders"."credited" between 0 and "purchase_orders"."total");--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_total" CHECK ("purchase_orders"."total" = "purchase_orders"."net" + "purchase_orders"."tax" + "purchase_orders"."freight" + "purchase_orders"."small_order_fee" + "purchase_orders"."charges_tax");--> statement-breakpoint
-- What was given back so far was given off; what is confirmed is gone from the stock already.
UPDATE "purchase_orders" SET "credited" = "refunded";--> statement-breakpoint
UPDATE "purchase_orders" SET "fulfilment" = 'open' WHERE "state" = 'confirmed';--> statement-breakpoint
DO $$
DECLARE
  "kept" text;
BEGIN
  FOREACH "kept" IN ARRAY ARRAY['quote_versions', 'quoted_tiers', 'quote_acceptances', 'accepted_quote_lines',
    'estimate_versions', 'estimate_lines'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"()', "kept" || '_append_only', "kept");
  END LOOP;
  FOREACH "kept" IN ARRAY ARRAY['purchase_orders', 'purchase_order_lines', 'shipments', 'shipment_lines',
    'order_reductions', 'order_reduction_lines'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"()', "kept" || '_kept', "kept");
  END LOOP;
END $$;--> statement-breakpoint
-- Whose order it is and what its charges are never changes; its sums not once it is confirmed.
CREATE TRIGGER "purchase_orders_fixed" BEFORE UPDATE ON "purchase_orders" FOR EACH ROW
  WHEN ((OLD."id", OLD."marketplace_id", OLD."checkout_id", OLD."company_id", OLD."vendor_id", OLD."number",
      OLD."requested_by", OLD."currency", OLD."freight", OLD."small_order_fee", OLD."charges_tax",
      OLD."charges_tax_percent", OLD."created_at")
    IS DISTINCT FROM (NEW."id", NEW."marketplace_id", NEW."checkout_id", NEW."company_id", NEW."vendor_id", NEW."number",
      NEW."requested_by", NEW."currency", NEW."freight", NEW."small_order_fee", NEW."charges_tax",
      NEW."charges_tax_percent", NEW."created_at")
    OR (OLD."fulfilment" IS NOT NULL
      AND (OLD."net", OLD."tax", OLD."total") IS DISTINCT FROM (NEW."net", NEW."tax", NEW."total")))
  EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
-- What a line is and costs apiece never changes; its quantity and amounts not once it is answered for good.
CREATE TRIGGER "purchase_order_lines_fixed" BEFORE UPDATE ON "purchase_order_lines" FOR EACH ROW
  WHEN ((OLD."order_id", OLD."line_no", OLD."offer_id", OLD."variant_id", OLD."vendor_part_no", OLD."buyer_part_no",
      OLD."name", OLD."brand_id", OLD."class_ids", OLD."unit", OLD."cost_center_id", OLD."frozen")
    IS DISTINCT FROM (NEW."order_id", NEW."line_no", NEW."offer_id", NEW."variant_id", NEW."vendor_part_no",
      NEW."buyer_part_no", NEW."name", NEW."brand_id", NEW."class_ids", NEW."unit", NEW."cost_center_id", NEW."frozen")
    OR (OLD."state" NOT IN ('open', 'proposed') AND ((OLD."quantity", OLD."deliver_on", OLD."net", OLD."tax", OLD."gross")
      IS DISTINCT FROM (NEW."quantity", NEW."deliver_on", NEW."net", NEW."tax", NEW."gross")
      OR (NEW."state" <> OLD."state" AND (OLD."state", NEW."state") <> ('confirmed', 'cancelled')))))
  EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
-- What arrived is told once.
CREATE TRIGGER "shipments_received_once" BEFORE UPDATE ON "shipments" FOR EACH ROW
  WHEN (OLD."received_at" IS NOT NULL OR (OLD."order_id", OLD."no", OLD."carrier", OLD."tracking", OLD."shipped_on",
      OLD."by", OLD."at")
    IS DISTINCT FROM (NEW."order_id", NEW."no", NEW."carrier", NEW."tracking", NEW."shipped_on", NEW."by", NEW."at"))
  EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE TRIGGER "shipment_lines_received_once" BEFORE UPDATE ON "shipment_lines" FOR EACH ROW
  WHEN (OLD."received" + OLD."damaged" + OLD."missing" > 0 OR (OLD."order_id", OLD."no", OLD."line_no", OLD."quantity")
    IS DISTINCT FROM (NEW."order_id", NEW."no", NEW."line_no", NEW."quantity"))
  EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
-- A reduction is decided once.
CREATE TRIGGER "order_reductions_decided_once" BEFORE UPDATE ON "order_reductions" FOR EACH ROW
  WHEN (OLD."state" <> 'asked' OR (OLD."order_id", OLD."no", OLD."kind", OLD."side", OLD."reason", OLD."by", OLD."at")
    IS DISTINCT FROM (NEW."order_id", NEW."no", NEW."kind", NEW."side", NEW."reason", NEW."by", NEW."at"))
  EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE TRIGGER "order_reduction_lines_credited_once" BEFORE UPDATE ON "order_reduction_lines" FOR EACH ROW
  WHEN (OLD."gross" <> 0 OR (OLD."order_id", OLD."no", OLD."line_no", OLD."quantity")
    IS DISTINCT FROM (NEW."order_id", NEW."no", NEW."line_no", NEW."quantity"))
  EXECUTE FUNCTION "catalog_refuse_change"();
