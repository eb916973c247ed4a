import { createInProcessBus, subjects } from "@kontor/bus";
import { connect } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { TenderCommand } from "@kontor/protocol";
import { TenderTerms } from "@kontor/protocol";
import { expect, test } from "vitest";
import { runReplay } from "../src/cli/run-replay.ts";
import { createTradingHost, mechanisms } from "../src/index.ts";
import { openDatabaseJournal } from "./database-journal.ts";
import { member } from "./world.ts";

const tenderId = "0190c000-0000-7000-8000-000000000001";
const lotId = `${tenderId}-1`;
const hour = 3_600_000_000;

type Ended = { readonly code: number; readonly lines: readonly string[] };

async function replay(...args: readonly string[]): Promise<Ended> {
  const lines: string[] = [];
  const code = await runReplay(args, (line) => lines.push(...line.split("\n")));
  return { code, lines };
}

const termsAt = (now: number): TenderTerms =>
  TenderTerms.parse({
    title: "Copper cathodes",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { submissionsUntil: instantOfMicros(now + hour), auctionOpensAt: instantOfMicros(now + 2 * hour) },
    lots: [
      {
        title: "Copper cathode, 25 t",
        quantity: { value: "25", unit: "TNE" },
        rules: {
          format: "english_reverse",
          currency: "EUR",
          priceScale: 2,
          startPrice: "10000.00",
          stepMin: { kind: "absolute", amount: "50.00" },
          durationMs: 600_000,
          softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 300_000 },
        },
      },
    ],
  });

/** A tender with one lot, two suppliers, three bids of which the last extends, and the close. */
async function trade(url: string, journal: Parameters<typeof createTradingHost>[0]["journal"]): Promise<void> {
  let now = Date.now() * 1_000;
  const bus = createInProcessBus();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const clock = { now: () => now };
  const host = createTradingHost({ bus, journal, mechanisms, clock, hostId: `host of ${url}`, log });
  await host.start();
  let count = 0;
  const send = (command: TenderCommand, actor: Actor) =>
    bus.request<{ ok: boolean }>(
      subjects.command,
      { shard: tenderId, mechanism: "tender", key: `key-no-${count++}`, command, actor },
      { timeoutMs: 10_000 },
    );
  const [owner, ada, bob] = [member("owner"), member("ada"), member("bob")];
  const marketplaceId = owner.marketplaceId ?? "";
  await send({ type: "create_tender", marketplaceId, tenderId, terms: termsAt(now) }, owner);
  await send({ type: "publish_tender", tenderId, expectedVersion: 1 }, owner);
  for (const supplier of [ada, bob]) await send({ type: "request_admission", tenderId }, supplier);
  now += 2 * hour + 1_000_000;
  await send({ type: "submit_bid", lotId, price: "9900.00" }, ada);
  await send({ type: "submit_bid", lotId, price: "9880.00" }, bob);
  now += 540_000_000;
  expect(await send({ type: "submit_bid", lotId, price: "9700.00" }, bob)).toMatchObject({ ok: true });
  now += hour;
  await send({ type: "submit_bid", lotId, price: "9000.00" }, ada);
  await host.stop();
}

test("the replay prints what became of a lot and finds what was changed", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  expect(await replay("--database-url", url)).toEqual({
    code: 0,
    lines: ["0 journals, 0 entries, 0 events: journal and replay agree"],
  });
  await trade(url, journal);
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
