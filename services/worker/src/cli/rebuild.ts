import { connect, createJournalStore } from "@kontor/db";
import { readDatabaseUrl } from "../config.ts";
import { rebuild } from "../rebuild.ts";

/* Makes the read models anew: all of them, or those of the shards named on the command line. */

const url = readDatabaseUrl();
if (url === null) {
  console.error("DATABASE_URL: set it to the address of the database, such as postgres://user@host:5432/name");
  process.exitCode = 1;
} else {
  await run(url, process.argv.slice(2));
}

async function run(databaseUrl: string, shards: readonly string[]): Promise<void> {
  const journal = createJournalStore({ url: databaseUrl });
  const connection = connect(databaseUrl, { max: 2, applicationName: "kontor-rebuild" });
  try {
    const rebuilt = await rebuild({
      db: connection.db,
      journal,
      ...(shards.length > 0 ? { shards } : {}),
      onShard: (shard, entries) => console.log(`${shard}: ${entries} entries`),
    });
    const strays = `${rebuilt.strays} tenders without a journal removed`;
    console.log(`${rebuilt.shards} shards, ${rebuilt.entries} entries, ${strays}`);
  } finally {
    await connection.close();
    await journal.close();
  }
}
