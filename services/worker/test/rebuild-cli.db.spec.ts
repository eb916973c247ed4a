import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { dump } from "./dump.ts";
import { story } from "./given-story.ts";
import { createWorld } from "./given-world.ts";

const file = fileURLToPath(new URL("../src/cli/rebuild.ts", import.meta.url));
const tenderId = "66666666-6666-4666-8666-666666666666";
const run = (DATABASE_URL: string, ...shards: string[]) =>
  promisify(execFile)(process.execPath, [file, ...shards], { env: { DATABASE_URL } });

test("the command line makes the read models of a journal that nobody followed", async () => {
  await using world = await createWorld();
  const script = await world.script(tenderId);
  const entries = await script.write(...story(script));
  const none = await run(world.database.url, "another-shard");
  expect(none.stdout).toBe("0 shards, 0 entries, 0 without a journal removed\n");
  const all = await run(world.database.url);
  expect(all.stdout).toBe(
    `${tenderId}: ${entries} entries\n1 shards, ${entries} entries, 0 without a journal removed\n`,
  );
  const { tenders, outcome_places: outcomes } = await dump(world);
  expect([tenders.length, outcomes.length]).toEqual([1, entries]);
});

test("an option that it does not know is told in a sentence, with how to write it", async () => {
  const stderr = expect.stringMatching(/^Unknown option '--bogus'\.\n\n[^\n]+\n\n {2}npm run views:rebuild /);
  await expect(run("", "--bogus")).rejects.toMatchObject({ code: 2, stderr });
});

test("without a database it says what is missing", async () => {
  await expect(run("")).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^DATABASE_URL: .*\n$/) });
});
