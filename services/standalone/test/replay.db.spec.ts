import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "@kontor/db/testing";
import { expect, test } from "vitest";
import { processEnvironment } from "../src/config.ts";
import { recordSets } from "../src/replay/record-sets.ts";
import { runReplay } from "../src/replay/run-replay.ts";

const root = resolve(fileURLToPath(import.meta.url), "../../../..");
const records = join(processEnvironment()["KONTOR_REPLAY_DATA"] ?? join(root, "../shared/data"), "auctions");

test.for([
  ["ebay-proxy", "1638893549"],
  ["english-soft-close", "23"],
  ["prozorro-tenders", "UA-2021-12-21-009402-c"],
] as const)(
  "%s %s ends through gateway, websockets, host and journal as it is recorded",
  { timeout: 60_000 },
  async ([name, id], { skip }) => {
    skip(!existsSync(records), "no replay data");
    const record = await recordSets.find((set) => set.name === name)?.load(records, id);
    if (record === null || record === undefined) throw new Error(`there is no record ${name} ${id}`);
    await using database = await createTestDatabase();
    const lines: string[] = [];
    const outcome = await runReplay({ record, databaseUrl: database.url, say: (line) => lines.push(line) });
    expect(outcome).toMatchObject({ agrees: true, refused: 0 });
    expect(lines.filter((line) => line.includes("  bid  "))).toHaveLength(record.bids.length);
  },
);
