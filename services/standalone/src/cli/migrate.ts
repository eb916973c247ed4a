// `pnpm db:migrate`: brings one's own database to the newest schema, as every start does. For deployments in which
// the servers may not change the schema.
import { migrate } from "@kontor/db";
import { processEnvironment } from "../config.ts";
import { parseStandaloneConfig } from "../settings.ts";

async function main([unasked]: readonly string[]): Promise<number> {
  if (unasked !== undefined) {
    console.error(`npm run db:migrate takes no arguments; ${unasked} is one. It is told by DATABASE_URL.`);
    return 2;
  }
  const outcome = parseStandaloneConfig(processEnvironment());
  if (!outcome.ok) {
    console.error(outcome.faults.join("\n"));
    return 2;
  }
  const { databaseUrl } = outcome.config;
  if (databaseUrl === null) {
    console.error(
      "Set DATABASE_URL. The embedded database needs no migration by hand: every start brings it up to date.",
    );
    return 2;
  }
  await migrate(databaseUrl);
  console.log("The schema is up to date.");
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
