import { parseArgs } from "node:util";
import { connect, createJournalStore } from "@kontor/db";
import { readDatabaseUrl } from "../config.ts";
import { rebuild } from "../rebuild.ts";

/* Makes the read models anew: all of them, or those of the shards named on the command line. */

const usage = `Makes the read models anew from the journal.

  npm run views:rebuild             all of them
  npm run views:rebuild -- <id> …   those of single tenders and instruments

  DATABASE_URL is the database.`;

const url = readDatabaseUrl();
const shards = shardsIn(process.argv.slice(2));
if (typeof shards === "string") {
  console.error(`${shards}\n\n${usage}`);
  process.exitCode = 2;
} else if (url === null) {
  console.error("DATABASE_URL: set it to the address of the database, such as postgres://user@host:5432/name");
  process.exitCode = 1;
} else {
  await run(url, shards);
}

/** A sentence for arguments that the usage does not know; Node adds hints to it that lead elsewhere. */
function shardsIn(args: string[]): readonly string[] | string {
  try {
    return parseArgs({ args, options: {}, allowPositionals: true }).positionals;
  } catch (error) {
    const [fault = ""] = (error as Error).message.split(/\.\s|\.?\n/);
    return `${fault}.`;
  }
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
    const strays = `${rebuilt.strays} without a journal removed`;
    console.log(`${rebuilt.shards} shards, ${rebuilt.entries} entries, ${strays}`);
  } finally {
    await connection.close();
    await journal.close();
  }
}
