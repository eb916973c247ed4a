CREATE TABLE "catalogue_rows" (
	"product_id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text NOT NULL,
	"row_key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalogue_rows" ADD CONSTRAINT "catalogue_rows_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_rows_by_key" ON "catalogue_rows" USING btree ("marketplace_id","row_key");--> statement-breakpoint
CREATE INDEX "catalogue_rows_of_company" ON "catalogue_rows" USING btree ("marketplace_id","company_id");--> statement-breakpoint
CREATE INDEX "products_of_brand" ON "products" USING btree ("brand_id");