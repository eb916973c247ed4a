CREATE TABLE "offer_reviews" (
	"marketplace_id" text PRIMARY KEY NOT NULL,
	"active_without_review" boolean NOT NULL,
	"vendors" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
