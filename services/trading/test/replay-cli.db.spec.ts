import { connect } from "@kontor/db";
import { expect, test } from "vitest";
import { runReplay } from "../src/cli/run-replay.ts";
import { openDatabaseJournal } from "./database-journal.ts";
import { lotId, tenderId, trade } from "./given-trading.ts";

type Ended = { readonly code: number; readonly lines: readonly string[] };

async function replay(...args: readonly string[]): Promise<Ended> {
  const lines: string[] = [];
  const code = await runReplay(args, (line) => lines.push(...line.split("\n")));
  return { code, lines };
}

test("the replay prints what became of a lot and finds what was changed", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  expect(await replay("--database-url", url)).toEqual({
    code: 0,
    lines: ["0 journals, 0 entries, 0 events: journal and replay agree"],
  });
  await trade(`host of ${url}`, { journal });
  const honest = await replay("--verify", "--database-url", url);
  expect(honest.lines).toEqual([
    `${tenderId}  Copper cathodes`,
    expect.stringMatching(/^ {2}lot 1 {2}Copper cathode, 25 t {2}.*bob at 9700\.00 EUR · 2 bids · 1 extension$/),
    expect.stringMatching(/^1 journal, \d+ entries, \d+ events: journal and replay agree$/),
  ]);
  expect(honest.code).toBe(0);
  expect((await replay("--lot", lotId, "--database-url", url)).code).toBe(0);
  expect((await replay("--tender", tenderId.replace("1", "2"), "--database-url", url)).code).toBe(2);

  const { sql, close } = connect(url, { max: 1 });
  await sql`alter table journal_segments disable trigger journal_segments_append_only`;
  const changed = await sql`
    update journal_segments set entries = overlay(entries placing '8'::bytea
      from position('"price":"9700.00","type"'::bytea in entries) + 9) where position('"price":"9700.00","type"'::bytea in entries) > 0`;
  await close();
  expect(changed.count).toBe(1);
  const forged = await replay("--database-url", url);
  expect(forged.code).toBe(1);
  expect(forged.lines.join("\n")).toMatch(/DIFFERENCE at \d+: the chain is broken: hash_mismatch/);
  expect(forged.lines.at(-1)).toMatch(/differences$/);
});

test.each([
  [["--bogus"], "Unknown option '--bogus'."],
  [["0190c000"], "Unexpected argument '0190c000'."],
  [["--lot"], "Option '--lot <value>' argument missing."],
])("%s, which its usage does not know, is told in one sentence above it", async (args, sentence) => {
  const { code, lines } = await replay(...args);
  expect([code, lines[0], lines[1]]).toEqual([2, sentence, ""]);
  expect(lines.join("\n")).toContain("npm run replay");
});
