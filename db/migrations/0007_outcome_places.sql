CREATE TABLE "outcome_places" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "outcome_places" ("key_id", "seq")
SELECT encode(substr(sha256(convert_to("shard", 'UTF8')), 1, 6) ||
	substr(sha256(convert_to("shard" || ' ' || "scope" || ' ' || "command_key", 'UTF8')), 1, 10), 'hex')::uuid, "seq"
FROM "outcomes";
