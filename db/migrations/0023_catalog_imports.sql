CREATE TABLE "import_chunks" (
	"import_id" uuid NOT NULL,
	"upload" integer NOT NULL,
	"no" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "import_chunks_import_id_upload_no_pk" PRIMARY KEY("import_id","upload","no"),
	CONSTRAINT "import_chunks_length" CHECK (length("import_chunks"."content") between 1 and 1048576)
);
--> statement-breakpoint
CREATE TABLE "import_failed_rows" (
	"import_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"cells" text[] NOT NULL,
	"problem_columns" text[] NOT NULL,
	"problem_codes" text[] NOT NULL,
	"hints" text[] NOT NULL,
	CONSTRAINT "import_failed_rows_import_id_row_no_pk" PRIMARY KEY("import_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"name" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "import_mappings_once" UNIQUE("marketplace_id","vendor_id","name")
);
--> statement-breakpoint
CREATE TABLE "import_problems" (
	"import_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"row_no" integer NOT NULL,
	"column" text,
	"value" text NOT NULL,
	"severity" text DEFAULT 'error' NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"hint" text NOT NULL,
	CONSTRAINT "import_problems_import_id_no_pk" PRIMARY KEY("import_id","no")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"part_number" text NOT NULL,
	"content" jsonb NOT NULL,
	"cells" text[] NOT NULL,
	CONSTRAINT "import_rows_import_id_row_no_pk" PRIMARY KEY("import_id","row_no"),
	CONSTRAINT "import_rows_once" UNIQUE("import_id","part_number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"marketplace_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"file_name" text NOT NULL,
	"format" text,
	"reading" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"mapping" jsonb,
	"mapping_id" uuid,
	"mapping_version" integer,
	"price_list_id" uuid,
	"dry_run" boolean NOT NULL,
	"apply" text NOT NULL,
	"state" text DEFAULT 'uploading' NOT NULL,
	"file_bytes" bigint,
	"upload" integer DEFAULT 0 NOT NULL,
	"columns" text[] DEFAULT '{}' NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_valid" integer DEFAULT 0 NOT NULL,
	"rows_failed" integer DEFAULT 0 NOT NULL,
	"problems_found" integer DEFAULT 0 NOT NULL,
	"warnings_found" integer DEFAULT 0 NOT NULL,
	"offers_created" integer DEFAULT 0 NOT NULL,
	"offers_changed" integer DEFAULT 0 NOT NULL,
	"offers_unchanged" integer DEFAULT 0 NOT NULL,
	"offers_withdrawn" integer DEFAULT 0 NOT NULL,
	"staged_to" integer DEFAULT 0 NOT NULL,
	"applied_to" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"worker_id" text,
	"worker_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"file_removed_at" timestamp with time zone,
	"rows_removed_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "imports_ended" CHECK (("imports"."state" in ('done', 'failed', 'cancelled')) = ("imports"."ended_at" is not null)),
	CONSTRAINT "imports_file" CHECK ("imports"."state" in ('uploading', 'cancelled') or "imports"."file_bytes" is not null)
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_failed_rows" ADD CONSTRAINT "import_failed_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_mappings_by_time" ON "import_mappings" USING btree ("marketplace_id","vendor_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_of_vendor" ON "imports" USING btree ("marketplace_id","vendor_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_by_time" ON "imports" USING btree ("marketplace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_waiting" ON "imports" USING btree ("created_at") WHERE "imports"."state" in ('waiting', 'checking', 'applying');--> statement-breakpoint
CREATE UNIQUE INDEX "imports_at_work" ON "imports" USING btree ("marketplace_id","vendor_id") WHERE "imports"."state" in ('checking', 'applying');