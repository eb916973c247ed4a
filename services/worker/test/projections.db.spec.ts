import {
  createAwardRepository,
  createBidRepository,
  createContractRepository,
  createLotRepository,
  createNoticeRepository,
  createTenderRepository,
} from "@kontor/db";
import type { LotSummary } from "@kontor/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitted, bid, member, opened, ownerActor, writeAward, writeLiveTender } from "./given-events.ts";
import { lotTerms, tenderTerms } from "./given-terms.ts";
import type { Told, World } from "./given-world.ts";
import { createWorld, instant } from "./given-world.ts";

const tenderId = "11111111-1111-4111-8111-111111111111";
const lotId = `${tenderId}-1`;
const now = instant("2026-11-20T08:00:00Z");

describe("a tender from draft to contract", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
    const script = await world.script(tenderId);
    await writeLiveTender(script);
    await script.write([bid(script, 1, { company: "ore-two", price: "9450.00" })]);
    await script.write([
      bid(script, 2, { company: "ore-one", price: "9400.00" }),
      { type: "lot_extended", lot: 1, endsAt: "2026-11-06T09:17:00.000000Z", cause: "soft_close" },
    ]);
    const last = await writeAward(script);
    const worker = world.worker();
    worker.start();
    expect(await worker.caughtUpWith(tenderId, last, { timeoutMs: 10_000 })).toBe(true);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test("the tender says what it is and that it is complete", async () => {
    const tender = await createTenderRepository(world.connection.db).find(ownerActor, tenderId, now);
    expect(tender).toMatchObject({
      phase: "complete",
      version: 1,
      title: "Cathodes for the fourth quarter",
      lotCount: 1,
      submissionsUntil: "2026-11-05T12:00:00.000000Z",
      publishedAt: "2026-11-01T08:00:02.000000Z",
    });
  });

  test("the lot tells its result to everybody who sees the tender", async () => {
    const result = { outcome: "sold", winnerCompanyId: "ore-one", winnerAlias: "Bidder #2" };
    const [bidder] = await lotsFor(world, "ore-two");
    expect(bidder).toMatchObject({ phase: "contract", extensions: 1 });
    expect(bidder?.result).toEqual({ ...result, price: "9400.00" });
    expect((await lotsFor(world, "stranger"))[0]?.result).toEqual(result);
  });

  test("bids stand with their aliases and instants", async () => {
    const page = await createBidRepository(world.connection.db).list(ownerActor, { lotId });
    expect(page).toMatchObject({
      ok: true,
      next: null,
      data: [
        {
          bidId: `${lotId}-b2`,
          alias: "Bidder #2",
          companyId: "ore-one",
          price: "9400.00",
          at: "2026-11-01T08:00:07.000000Z",
        },
        {
          bidId: `${lotId}-b1`,
          alias: "Bidder #1",
          companyId: "ore-two",
          price: "9450.00",
          at: "2026-11-01T08:00:06.000000Z",
        },
      ],
    });
  });

  test("award and contract are there for both parties", async () => {
    for (const actor of [ownerActor, member("ore-one")]) {
      const awards = await createAwardRepository(world.connection.db).list(actor, {});
      expect(awards).toMatchObject({ data: [{ status: "accepted", standstillEndsAt: "2026-11-16T09:00:00.000000Z" }] });
      const contract = await createContractRepository(world.connection.db).find(actor, `${lotId}-c1`);
      expect(contract).toMatchObject({
        status: "signed",
        title: "Copper cathode",
        quantity: { value: "250", unit: "TNE" },
        signedByOwnerAt: "2026-11-01T08:00:11.000000Z",
        signedByCounterpartyAt: "2026-11-01T08:00:12.000000Z",
      });
    }
  });

  test("each company was told what concerns it", async () => {
    const kindsFor = async (company: string) => {
      const page = await createNoticeRepository(world.connection.db).list(member(company), {});
      return page.ok ? page.data.map(({ kind, data }) => [kind, data["standing"]].filter(Boolean).join(":")) : [];
    };
    expect(await kindsFor("ore-one")).toEqual([
      "tender_finished",
      "contract_signed",
      "contract_signed",
      "contract_drawn",
      "award_accepted:won",
      "award_proposed",
      "lot_closed:won",
      "supplier_admitted",
    ]);
    expect(await kindsFor("ore-two")).toEqual([
      "tender_finished",
      "award_accepted:lost",
      "lot_closed:lost",
      "supplier_admitted",
    ]);
    expect(await kindsFor("ore-three")).toEqual(["tender_finished", "supplier_admitted"]);
    expect(await kindsFor("stranger")).toEqual([]);
  });

  test("outcomes are found by key", async () => {
    const key = { shard: tenderId, scope: "c/wire-works", commandKey: "key-6" };
    expect(await world.journal.outcomes.find(key)).toBe(6);
  });
});

test("lots of a serial schedule open later in the list as soon as the running one is extended", async () => {
  await using world = await createWorld();
  const script = await world.script(tenderId);
  const worker = world.worker();
  worker.start();
  const schedule = { mode: "serial", gapMs: 60_000 } as const;
  const written = tenderTerms();
  const terms = tenderTerms({
    procedure: { ...written.procedure, schedule },
    lots: ["Cathode", "Anodes", "Scrap"].map((title) => lotTerms({ title })),
  });
  await script.write([script.draft(terms)]);
  await script.write([
    { type: "tender_published", version: 1, terms, drawCommitment: "c0ffee" },
    scheduled(1, "09:00", "09:15"),
    scheduled(2, "09:16", "09:31"),
    scheduled(3, "09:32", "09:47"),
  ]);
  await script.write(admitted("ore-one", "ore-two"));
  await script.write([opened(["ore-one", "ore-two"])]);
  const lotIds = [script.lotId(2), script.lotId(3)];
  const seq = await script.write([
    bid(script, 1, { company: "ore-two", price: "9450.00" }),
    { type: "lot_extended", lot: 1, endsAt: day("09:16:30.000250"), cause: "soft_close" },
    { type: "lots_shifted", lotIds, opensAt: day("09:17:30.000250") },
  ]);
  expect(await worker.caughtUpWith(tenderId, seq, { timeoutMs: 10_000 })).toBe(true);
  expect(await lotsFor(world, "ore-one")).toMatchObject([
    { opensAt: day("09:00:00.000000"), endsAt: day("09:16:30.000250") },
    { opensAt: day("09:17:30.000250"), endsAt: day("09:32:30.000250") },
    { opensAt: day("09:33:30.000250"), endsAt: day("09:48:30.000250") },
  ]);
  // He came when the openings had been announced, and a shift is no announcement.
  expect(await kindsOf(world, "ore-one")).toEqual(["supplier_admitted"]);
});

const day = (time: string) => `2026-11-06T${time}Z`;

function scheduled(lot: number, from: string, to: string): Told {
  return { type: "lot_scheduled", lot, opensAt: day(`${from}:00.000000`), endsAt: day(`${to}:00.000000`) };
}

/** By number. */
async function lotsFor(world: World, company: string): Promise<readonly LotSummary[]> {
  const page = await createLotRepository(world.connection.db).list(member(company), { tenderId });
  return page.ok ? page.data : [];
}

async function kindsOf(world: World, company: string): Promise<readonly string[]> {
  const page = await createNoticeRepository(world.connection.db).list(member(company), {});
  return page.ok ? page.data.map(({ kind }) => kind) : [];
}
