DROP INDEX "fills_by_time";--> statement-breakpoint
DROP INDEX "fills_of_company";--> statement-breakpoint
DROP INDEX "fills_of_order";--> statement-breakpoint
DROP INDEX "orders_by_time";--> statement-breakpoint
DROP INDEX "orders_of_company";--> statement-breakpoint
DROP INDEX "trades_of_instrument";--> statement-breakpoint
CREATE INDEX "fills_of_instrument" ON "fills" USING btree ("instrument_id","at");--> statement-breakpoint
CREATE INDEX "orders_of_instrument" ON "orders" USING btree ("instrument_id","at");--> statement-breakpoint
CREATE INDEX "fills_by_time" ON "fills" USING btree ("marketplace_id","at");--> statement-breakpoint
CREATE INDEX "fills_of_company" ON "fills" USING btree ("company_id","marketplace_id","at");--> statement-breakpoint
CREATE INDEX "fills_of_order" ON "fills" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "orders_by_time" ON "orders" USING btree ("marketplace_id","at");--> statement-breakpoint
CREATE INDEX "orders_of_company" ON "orders" USING btree ("company_id","marketplace_id","at");--> statement-breakpoint
CREATE INDEX "trades_of_instrument" ON "trades" USING btree ("instrument_id","at");