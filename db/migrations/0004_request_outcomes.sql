CREATE TABLE "request_outcomes" (
	"scope" text NOT NULL,
	"request_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer,
	"body" text,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_outcomes_scope_request_key_pk" PRIMARY KEY("scope","request_key")
);
--> statement-breakpoint
CREATE INDEX "request_outcomes_age" ON "request_outcomes" USING btree ("begun_at");