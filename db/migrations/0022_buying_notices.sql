CREATE TABLE "notice_outbox" (
	"notice_id" text PRIMARY KEY NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "notice_outbox_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1)
);
--> statement-breakpoint
DROP INDEX "notices_of_tender";--> statement-breakpoint
ALTER TABLE "notices" ALTER COLUMN "tender_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ALTER COLUMN "seq" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "notice_outbox" ADD CONSTRAINT "notice_outbox_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_outbox_in_order" ON "notice_outbox" USING btree ("position");--> statement-breakpoint
CREATE INDEX "notices_of_tender" ON "notices" USING btree ("tender_id") WHERE "notices"."tender_id" is not null;