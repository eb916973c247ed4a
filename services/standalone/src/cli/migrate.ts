// `pnpm db:migrate`: brings one's own database to the newest schema, as every start does. For deployments in which
// the servers may not change the schema.
import { migrate } from "@kontor/db";
import { processEnvironment } from "../config.ts";
import { parseStandaloneConfig } from "../settings.ts";

async function main(): Promise<number> {
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

process.exitCode = await main();
