CREATE TABLE "catalog_changes" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "catalog_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"marketplace_id" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog_record" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"company_id" text,
	"action" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"version_after" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"variant_id" uuid NOT NULL,
	"vendor_part_no" text NOT NULL,
	"vendor_part_no_key" text NOT NULL,
	"condition" text DEFAULT 'new' NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"order_unit" text NOT NULL,
	"min_quantity" bigint NOT NULL,
	"multiple" bigint,
	"max_quantity" bigint,
	"lead_time_days" integer,
	"delivery_term" text,
	"delivery_place" text,
	"ships_from" text,
	"region" text,
	"mix_group" text,
	"base_list_id" uuid,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "offers_once" UNIQUE("vendor_id","marketplace_id","vendor_part_no"),
	CONSTRAINT "offers_quantities" CHECK ("offers"."min_quantity" > 0 and coalesce("offers"."multiple", 1) > 0),
	CONSTRAINT "offers_maximum" CHECK ("offers"."max_quantity" is null or "offers"."max_quantity" >= "offers"."min_quantity")
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"offer_id" uuid NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"on_hand" bigint NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"backorder_max" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stock_levels_offer_id_place_pk" PRIMARY KEY("offer_id","place"),
	CONSTRAINT "stock_levels_reserved" CHECK ("stock_levels"."reserved" >= 0 and "stock_levels"."on_hand" >= 0),
	CONSTRAINT "stock_levels_promised" CHECK ("stock_levels"."reserved" <= "stock_levels"."on_hand" + "stock_levels"."backorder_max")
);
--> statement-breakpoint
CREATE TABLE "stock_reservations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"offer_id" uuid NOT NULL,
	"place" text NOT NULL,
	"company_id" text NOT NULL,
	"quantity" bigint NOT NULL,
	"purpose" text NOT NULL,
	"reference" text NOT NULL,
	"state" text DEFAULT 'holding' NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "stock_reservations_quantity" CHECK ("stock_reservations"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"division_id" uuid,
	"number_vendor" text DEFAULT '' NOT NULL,
	"number_buyer" text DEFAULT '' NOT NULL,
	"currency" text NOT NULL,
	"payment_term" jsonb NOT NULL,
	"delivery_term" text,
	"delivery_place" text,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"status" text DEFAULT 'draft' NOT NULL,
	"origin" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agreements_parties" CHECK ("agreements"."vendor_id" <> "agreements"."buyer_id")
);
--> statement-breakpoint
CREATE TABLE "assortment_items" (
	"assortment_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"kind" text NOT NULL,
	"item_id" text NOT NULL,
	CONSTRAINT "assortment_items_assortment_id_mode_kind_item_id_pk" PRIMARY KEY("assortment_id","mode","kind","item_id")
);
--> statement-breakpoint
CREATE TABLE "assortments" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text,
	"target" text NOT NULL,
	"target_id" text NOT NULL,
	"name" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_group_members" (
	"group_id" uuid NOT NULL,
	"company_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_group_members_group_id_company_id_pk" PRIMARY KEY("group_id","company_id")
);
--> statement-breakpoint
CREATE TABLE "customer_groups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "customer_groups_once" UNIQUE NULLS NOT DISTINCT("marketplace_id","vendor_id","name")
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" text NOT NULL,
	"parent_id" uuid,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "divisions_once" UNIQUE NULLS NOT DISTINCT("company_id","parent_id","name")
);
--> statement-breakpoint
CREATE TABLE "order_minimums" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"agreement_id" uuid,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"mode" text NOT NULL,
	"fee" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "order_minimums_once" UNIQUE NULLS NOT DISTINCT("vendor_id","marketplace_id","agreement_id","currency")
);
--> statement-breakpoint
CREATE TABLE "past_prices" (
	"id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"unit" text NOT NULL,
	"price_base_quantity" bigint NOT NULL,
	"min_quantity" bigint NOT NULL,
	"price" bigint NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"stored_from" timestamp with time zone NOT NULL,
	"stored_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "price_list_assignments" (
	"list_id" uuid NOT NULL,
	"target" text NOT NULL,
	"target_id" text NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "price_list_assignments_list_id_target_target_id_pk" PRIMARY KEY("list_id","target","target_id")
);
--> statement-breakpoint
CREATE TABLE "price_lists" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"price_mode" text DEFAULT 'net' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"exclusive" boolean DEFAULT false NOT NULL,
	"stacking" text DEFAULT 'promotions' NOT NULL,
	"tier_scope" text DEFAULT 'line' NOT NULL,
	"is_derived" boolean DEFAULT false NOT NULL,
	"derived_from" uuid,
	"bands" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "price_lists_once" UNIQUE NULLS NOT DISTINCT("marketplace_id","vendor_id","name")
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"list_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"unit" text NOT NULL,
	"price_base_quantity" bigint DEFAULT 1000000 NOT NULL,
	"min_quantity" bigint DEFAULT 1000000 NOT NULL,
	"price" bigint NOT NULL,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"stored_from" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prices_once" UNIQUE("offer_id","list_id","unit","min_quantity","valid_from"),
	CONSTRAINT "prices_amount" CHECK ("prices"."price" >= 0 and "prices"."price_base_quantity" > 0 and "prices"."min_quantity" > 0),
	CONSTRAINT "prices_period" CHECK ("prices"."valid_until" is null or "prices"."valid_until" > "prices"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"terms" jsonb NOT NULL,
	"stack_group" integer DEFAULT 0 NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"bearer" text NOT NULL,
	"vendor_share" bigint,
	"valid_from" timestamp with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "promotions_share" CHECK (("promotions"."bearer" = 'shared') = ("promotions"."vendor_share" is not null))
);
--> statement-breakpoint
CREATE TABLE "quantity_rules" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"agreement_id" uuid NOT NULL,
	"offer_id" uuid,
	"min_quantity" bigint,
	"multiple" bigint,
	"max_quantity" bigint,
	CONSTRAINT "quantity_rules_once" UNIQUE NULLS NOT DISTINCT("agreement_id","offer_id")
);
--> statement-breakpoint
CREATE TABLE "brands" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	CONSTRAINT "brands_once" UNIQUE("marketplace_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "buyer_part_numbers" (
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"part_no" text NOT NULL,
	"part_no_key" text NOT NULL,
	"variant_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "buyer_part_numbers_company_id_marketplace_id_part_no_key_pk" PRIMARY KEY("company_id","marketplace_id","part_no_key")
);
--> statement-breakpoint
CREATE TABLE "class_attributes" (
	"marketplace_id" text NOT NULL,
	"scheme" text NOT NULL,
	"class_code" text NOT NULL,
	"attribute" text NOT NULL,
	"kind" text NOT NULL,
	"unit" text,
	"choices" jsonb,
	"labels" jsonb NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"filterable" boolean DEFAULT true NOT NULL,
	"parts" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "class_attributes_marketplace_id_scheme_class_code_attribute_pk" PRIMARY KEY("marketplace_id","scheme","class_code","attribute"),
	CONSTRAINT "class_attributes_choices" CHECK (("class_attributes"."choices" is not null) = ("class_attributes"."kind" in ('choice', 'choices')))
);
--> statement-breakpoint
CREATE TABLE "class_nodes" (
	"marketplace_id" text NOT NULL,
	"scheme" text NOT NULL,
	"code" text NOT NULL,
	"parent" text,
	"labels" jsonb NOT NULL,
	CONSTRAINT "class_nodes_marketplace_id_scheme_code_pk" PRIMARY KEY("marketplace_id","scheme","code")
);
--> statement-breakpoint
CREATE TABLE "class_schemes" (
	"marketplace_id" text NOT NULL,
	"scheme" text NOT NULL,
	"release" text NOT NULL,
	"name" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "class_schemes_marketplace_id_scheme_pk" PRIMARY KEY("marketplace_id","scheme")
);
--> statement-breakpoint
CREATE TABLE "match_findings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"subject" text NOT NULL,
	"other" text NOT NULL,
	"score" integer NOT NULL,
	"evidence" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"reason_given" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "match_findings_once" UNIQUE("marketplace_id","kind","subject","other"),
	CONSTRAINT "match_findings_decision" CHECK (("match_findings"."state" = 'open') = ("match_findings"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "product_classes" (
	"product_id" uuid NOT NULL,
	"marketplace_id" text NOT NULL,
	"scheme" text NOT NULL,
	"code" text NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	CONSTRAINT "product_classes_product_id_scheme_code_pk" PRIMARY KEY("product_id","scheme","code")
);
--> statement-breakpoint
CREATE TABLE "product_files" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"product_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"language" text,
	"media_type" text NOT NULL,
	"url" text,
	"content" "bytea",
	"length" bigint,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "product_files_source" CHECK (("product_files"."url" is null) <> ("product_files"."content" is null))
);
--> statement-breakpoint
CREATE TABLE "product_texts" (
	"product_id" uuid NOT NULL,
	"language" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "product_texts_product_id_language_pk" PRIMARY KEY("product_id","language")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"owner_company_id" text,
	"kind" text DEFAULT 'article' NOT NULL,
	"brand_id" uuid,
	"part_no" text,
	"part_no_key" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"merged_into" uuid,
	"attributes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "products_merge" CHECK (("products"."status" = 'merged') = ("products"."merged_into" is not null))
);
--> statement-breakpoint
CREATE TABLE "variant_gtins" (
	"variant_id" uuid NOT NULL,
	"marketplace_id" text NOT NULL,
	"unit" text NOT NULL,
	"gtin" text NOT NULL,
	CONSTRAINT "variant_gtins_variant_id_unit_gtin_pk" PRIMARY KEY("variant_id","unit","gtin")
);
--> statement-breakpoint
CREATE TABLE "variant_units" (
	"variant_id" uuid NOT NULL,
	"unit" text NOT NULL,
	"num" bigint NOT NULL,
	"den" bigint NOT NULL,
	CONSTRAINT "variant_units_variant_id_unit_pk" PRIMARY KEY("variant_id","unit"),
	CONSTRAINT "variant_units_ratio" CHECK ("variant_units"."num" > 0 and "variant_units"."den" > 0)
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"product_id" uuid NOT NULL,
	"marketplace_id" text NOT NULL,
	"part_no" text,
	"part_no_key" text,
	"base_unit" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"attributes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assortment_items" ADD CONSTRAINT "assortment_items_assortment_id_assortments_id_fk" FOREIGN KEY ("assortment_id") REFERENCES "public"."assortments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_group_members" ADD CONSTRAINT "customer_group_members_group_id_customer_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."customer_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_minimums" ADD CONSTRAINT "order_minimums_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_assignments" ADD CONSTRAINT "price_list_assignments_list_id_price_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."price_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_list_id_price_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."price_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quantity_rules" ADD CONSTRAINT "quantity_rules_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quantity_rules" ADD CONSTRAINT "quantity_rules_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buyer_part_numbers" ADD CONSTRAINT "buyer_part_numbers_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_attributes" ADD CONSTRAINT "class_attributes_of_node" FOREIGN KEY ("marketplace_id","scheme","class_code") REFERENCES "public"."class_nodes"("marketplace_id","scheme","code") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_nodes" ADD CONSTRAINT "class_nodes_of_scheme" FOREIGN KEY ("marketplace_id","scheme") REFERENCES "public"."class_schemes"("marketplace_id","scheme") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_classes" ADD CONSTRAINT "product_classes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_classes" ADD CONSTRAINT "product_classes_of_node" FOREIGN KEY ("marketplace_id","scheme","code") REFERENCES "public"."class_nodes"("marketplace_id","scheme","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_files" ADD CONSTRAINT "product_files_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_texts" ADD CONSTRAINT "product_texts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_brand_id_brands_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brands"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant_gtins" ADD CONSTRAINT "variant_gtins_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant_units" ADD CONSTRAINT "variant_units_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalog_changes_in_order" ON "catalog_changes" USING btree ("transaction","seq");--> statement-breakpoint
CREATE INDEX "catalog_changes_by_time" ON "catalog_changes" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "catalog_record_of_subject" ON "catalog_record" USING btree ("subject_id","version_after");--> statement-breakpoint
CREATE INDEX "offers_of_variant" ON "offers" USING btree ("variant_id");--> statement-breakpoint
CREATE INDEX "offers_by_time" ON "offers" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "offers_of_vendor" ON "offers" USING btree ("vendor_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "offers_by_part_no" ON "offers" USING btree ("marketplace_id","vendor_part_no_key");--> statement-breakpoint
CREATE INDEX "offers_to_review" ON "offers" USING btree ("marketplace_id","updated_at") WHERE "offers"."status" = 'proposed';--> statement-breakpoint
CREATE INDEX "stock_reservations_of_reference" ON "stock_reservations" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "stock_reservations_due" ON "stock_reservations" USING btree ("expires_at") WHERE "stock_reservations"."state" = 'holding';--> statement-breakpoint
CREATE INDEX "agreements_of_buyer" ON "agreements" USING btree ("buyer_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "agreements_of_vendor" ON "agreements" USING btree ("vendor_id","marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "agreements_by_time" ON "agreements" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "assortments_of_target" ON "assortments" USING btree ("target","target_id");--> statement-breakpoint
CREATE INDEX "customer_group_members_of_company" ON "customer_group_members" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "past_prices_of_offer" ON "past_prices" USING btree ("offer_id","stored_until");--> statement-breakpoint
CREATE INDEX "price_list_assignments_of_target" ON "price_list_assignments" USING btree ("target","target_id");--> statement-breakpoint
CREATE INDEX "price_lists_by_time" ON "price_lists" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "prices_of_list" ON "prices" USING btree ("list_id","offer_id");--> statement-breakpoint
CREATE INDEX "promotions_of_vendor" ON "promotions" USING btree ("marketplace_id","vendor_id");--> statement-breakpoint
CREATE INDEX "buyer_part_numbers_of_variant" ON "buyer_part_numbers" USING btree ("variant_id","company_id");--> statement-breakpoint
CREATE INDEX "class_nodes_by_parent" ON "class_nodes" USING btree ("marketplace_id","scheme","parent");--> statement-breakpoint
CREATE INDEX "match_findings_by_time" ON "match_findings" USING btree ("marketplace_id","state","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "product_classes_primary" ON "product_classes" USING btree ("product_id") WHERE "product_classes"."is_primary";--> statement-breakpoint
CREATE INDEX "product_classes_by_class" ON "product_classes" USING btree ("marketplace_id","scheme","code");--> statement-breakpoint
CREATE INDEX "product_files_of_product" ON "product_files" USING btree ("product_id","position");--> statement-breakpoint
CREATE INDEX "products_by_time" ON "products" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "products_of_owner" ON "products" USING btree ("owner_company_id","marketplace_id","created_at");--> statement-breakpoint
CREATE INDEX "products_by_part_no" ON "products" USING btree ("marketplace_id","part_no_key","brand_id");--> statement-breakpoint
CREATE INDEX "variant_gtins_by_gtin" ON "variant_gtins" USING btree ("marketplace_id","gtin");--> statement-breakpoint
CREATE INDEX "variants_of_product" ON "variants" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "variants_by_part_no" ON "variants" USING btree ("marketplace_id","part_no_key");--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_base_list" FOREIGN KEY ("base_list_id") REFERENCES "price_lists"("id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_merged_into" FOREIGN KEY ("merged_into") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "divisions" ADD CONSTRAINT "divisions_parent" FOREIGN KEY ("parent_id") REFERENCES "divisions"("id");--> statement-breakpoint
CREATE FUNCTION "catalog_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'KC001';
END $$;--> statement-breakpoint
CREATE TRIGGER "catalog_record_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "catalog_record"
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_refuse_change"();--> statement-breakpoint
CREATE FUNCTION "prices_keep_past"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "past_prices" VALUES (OLD.id, OLD.list_id, OLD.offer_id, OLD.unit, OLD.price_base_quantity,
    OLD.min_quantity, OLD.price, OLD.valid_from, OLD.valid_until, OLD.stored_from, now());
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  NEW.stored_from := now();
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "prices_past_on_update" BEFORE UPDATE ON "prices" FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION "prices_keep_past"();--> statement-breakpoint
CREATE TRIGGER "prices_past_on_delete" BEFORE DELETE ON "prices" FOR EACH ROW
  EXECUTE FUNCTION "prices_keep_past"();--> statement-breakpoint
CREATE FUNCTION "catalog_changed"("kind" text, "places" text[], "ids" text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(cardinality("ids"), 0) = 0 THEN RETURN; END IF;
  INSERT INTO "catalog_changes" ("marketplace_id", "subject", "subject_id")
    SELECT DISTINCT place, "kind", id FROM unnest("places", "ids") AS changed(place, id);
  PERFORM pg_notify('catalog_changes', '');
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_product_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('product', array_agg(marketplace_id), array_agg(id::text)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_product_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('product', array_agg(p.marketplace_id), array_agg(p.id::text))
    FROM (SELECT DISTINCT product_id FROM touched) t JOIN "products" p ON p.id = t.product_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_variant_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('product', array_agg(v.marketplace_id), array_agg(v.product_id::text))
    FROM (SELECT DISTINCT variant_id FROM touched) t JOIN "variants" v ON v.id = t.variant_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_offer_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('product', array_agg(v.marketplace_id), array_agg(v.product_id::text))
    FROM (SELECT DISTINCT offer_id FROM touched) t
    JOIN "offers" o ON o.id = t.offer_id JOIN "variants" v ON v.id = o.variant_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_list_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('price_list', array_agg(marketplace_id), array_agg(id::text)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_list_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('price_list', array_agg(l.marketplace_id), array_agg(l.id::text))
    FROM (SELECT DISTINCT list_id FROM touched) t JOIN "price_lists" l ON l.id = t.list_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_assortment_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('assortment', array_agg(marketplace_id), array_agg(id::text)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_assortment_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('assortment', array_agg(a.marketplace_id), array_agg(a.id::text))
    FROM (SELECT DISTINCT assortment_id FROM touched) t JOIN "assortments" a ON a.id = t.assortment_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_agreement_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('company', array_agg(marketplace_id), array_agg(buyer_id)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_group_member_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('company', array_agg(g.marketplace_id), array_agg(t.company_id))
    FROM touched t JOIN "customer_groups" g ON g.id = t.group_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_participation_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('company', array_agg(marketplace_id), array_agg(company_id)) FROM touched;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "catalog_stock_turned"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "catalog_changed"('product', array_agg(v.marketplace_id), array_agg(v.product_id::text))
    FROM touched n JOIN untouched b ON b.offer_id = n.offer_id AND b.place = n.place
    JOIN "offers" o ON o.id = n.offer_id JOIN "variants" v ON v.id = o.variant_id
    WHERE (b.on_hand + b.backorder_max > b.reserved) <> (n.on_hand + n.backorder_max > n.reserved);
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE
  "of" record;
  "event" text;
BEGIN
  FOR "of" IN SELECT * FROM (VALUES
    ('products', 'catalog_product_changed'),
    ('product_texts', 'catalog_product_part_changed'),
    ('product_classes', 'catalog_product_part_changed'),
    ('variants', 'catalog_product_part_changed'),
    ('variant_units', 'catalog_variant_part_changed'),
    ('variant_gtins', 'catalog_variant_part_changed'),
    ('buyer_part_numbers', 'catalog_variant_part_changed'),
    ('offers', 'catalog_variant_part_changed'),
    ('prices', 'catalog_offer_part_changed'),
    ('price_lists', 'catalog_list_changed'),
    ('price_list_assignments', 'catalog_list_part_changed'),
    ('assortments', 'catalog_assortment_changed'),
    ('assortment_items', 'catalog_assortment_part_changed'),
    ('agreements', 'catalog_agreement_changed'),
    ('customer_group_members', 'catalog_group_member_changed'),
    ('participations', 'catalog_participation_changed')
  ) AS watched("table", "function") LOOP
    FOREACH "event" IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
        "of"."table" || '_tell_' || lower("event"), "event", "of"."table",
        CASE "event" WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, "of"."function");
    END LOOP;
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER "stock_levels_tell_insert" AFTER INSERT ON "stock_levels" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_offer_part_changed"();--> statement-breakpoint
CREATE TRIGGER "stock_levels_tell_delete" AFTER DELETE ON "stock_levels" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_offer_part_changed"();--> statement-breakpoint
CREATE TRIGGER "stock_levels_tell_update" AFTER UPDATE ON "stock_levels" REFERENCING OLD TABLE AS untouched NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "catalog_stock_turned"();
