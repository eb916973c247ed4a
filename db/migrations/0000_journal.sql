CREATE TABLE "hosts" (
	"host_id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"renewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"address" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_segments" (
	"shard" text NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"epoch" bigint NOT NULL,
	"entries" "bytea" NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"committed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "journal_segments_shard_first_seq_pk" PRIMARY KEY("shard","first_seq"),
	CONSTRAINT "journal_segments_range" CHECK ("journal_segments"."first_seq" >= 1 and "journal_segments"."last_seq" >= "journal_segments"."first_seq")
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"scope" text NOT NULL,
	"command_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"shard" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"answer" json NOT NULL,
	CONSTRAINT "outcomes_scope_command_key_pk" PRIMARY KEY("scope","command_key")
);
--> statement-breakpoint
CREATE TABLE "projection_cursors" (
	"projection" text NOT NULL,
	"shard" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "projection_cursors_projection_shard_pk" PRIMARY KEY("projection","shard")
);
--> statement-breakpoint
CREATE TABLE "shards" (
	"shard" text PRIMARY KEY NOT NULL,
	"mechanism" text NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"head_seq" bigint DEFAULT 0 NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"owner" text,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shards_head_hash_is_sha256" CHECK (octet_length("shards"."head_hash") = 32),
	CONSTRAINT "shards_head_seq_not_negative" CHECK ("shards"."head_seq" >= 0)
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"shard" text NOT NULL,
	"seq" bigint NOT NULL,
	"epoch" bigint NOT NULL,
	"schema_version" integer NOT NULL,
	"state" "bytea" NOT NULL,
	"state_hash" "bytea" NOT NULL,
	CONSTRAINT "snapshots_shard_seq_pk" PRIMARY KEY("shard","seq")
);
