import { connect, createJournalStore } from "@kontor/db";
import { readDatabaseUrl } from "../config.ts";
import { rebuild } from "../rebuild.ts";

/* Makes the read models anew: all of them, or those of the shards named on the command line. */

const url = readDatabaseUrl();
const shards = process.argv.slice(2);
const journal = createJournalStore({ url });
const connection = connect(url, { max: 2, applicationName: "kontor-rebuild" });
try {
  const rebuilt = await rebuild({
    db: connection.db,
    journal,
    ...(shards.length > 0 ? { shards } : {}),
    onShard: (shard, entries) => console.log(`${shard}: ${entries} entries`),
  });
  console.log(
    `${rebuilt.shards} shards, ${rebuilt.entries} entries, ${rebuilt.strays} tenders without a journal removed`,
  );
} finally {
  await connection.close();
  await journal.close();
}
