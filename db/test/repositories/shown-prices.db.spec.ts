import type { Actor } from "@kontor/kernel";
import type { BidRecord, Visibility } from "@kontor/protocol";
import { Visibility as Visibilities } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { createBidRepository, createLotRepository } from "../../src/index.ts";
import {
  at,
  bid,
  givenRecords,
  initialPrice,
  lot,
  lotId,
  lotSeenBy,
  lotTerms,
  member,
  readAll,
  staff,
  supplier,
  tender,
} from "./given-records.ts";

const records = givenRecords();
const closed = { phase: "closed", closedAt: at("10:00") } as const;
const ended = { ...closed, phase: "standstill", outcome: "sold", resultPrice: "9400.00", revealed: true } as const;

/** One lot of that visibility: company one leads with a proxy, two is behind it. */
async function keepLot(visibility: Visibility, stage: "live" | "ended"): Promise<void> {
  await records.keep({
    tenders: [tender()],
    lots: [lot({ visibility, bidCount: 2, ...(stage === "ended" ? ended : {}) })],
    suppliers: [supplier("one"), supplier("two"), supplier("out", { state: "excluded" })],
    bids: [
      bid({ maximum: "9100.00" }),
      bid({
        id: `${lotId}-b2`,
        companyId: "two",
        userId: "u-two",
        alias: 2,
        price: "9450.00",
        maximum: "9405.00",
        at: at("09:04"),
      }),
    ],
  });
}

const readers = {
  stranger: member("three"),
  excluded: member("out"),
  bidder: member("two"),
  owner: member("owner"),
  operator: staff("operator"),
  auditor: staff("auditor"),
} as const;

type Reader = keyof typeof readers;
const everybody = Object.keys(readers) as Reader[];
const ownersSide: readonly Reader[] = ["owner", "operator", "auditor"];
const bidders: readonly Reader[] = ["bidder", ...ownersSide];

async function bidsFor(actor: Actor): Promise<readonly BidRecord[]> {
  const page = await createBidRepository(records.db).list(actor, { lotId });
  return page.ok ? page.data : [];
}

type Sight = { readonly best: readonly Reader[]; readonly bids: readonly Reader[] };

/** Who sees the best price, and who sees the bids of others. */
const cases: readonly (readonly ["live" | "ended", Visibility, Sight])[] = [
  ["live", "full", { best: everybody, bids: everybody }],
  ["live", "lead", { best: bidders, bids: ownersSide }],
  ["live", "rank", { best: ownersSide, bids: ownersSide }],
  ["live", "traffic", { best: ownersSide, bids: ownersSide }],
  ["live", "sealed", { best: ownersSide, bids: ownersSide }],
  ["ended", "full", { best: everybody, bids: everybody }],
  ["ended", "lead", { best: bidders, bids: ownersSide }],
  ["ended", "rank", { best: ownersSide, bids: ownersSide }],
  ["ended", "traffic", { best: ownersSide, bids: ownersSide }],
  ["ended", "sealed", { best: bidders, bids: bidders }],
];

describe.each(cases)("%s, visibility %s", (stage, visibility, { best, bids }) => {
  test("the best price is for those who see it live", async () => {
    await keepLot(visibility, stage);
    for (const reader of everybody) {
      const seen = await lotSeenBy(records.db, readers[reader]);
      const shown = best.includes(reader);
      expect([reader, seen?.bestPrice, seen?.bidCount]).toEqual([
        reader,
        shown ? "9400.00" : undefined,
        shown ? 2 : undefined,
      ]);
      expect(seen?.result?.outcome).toBe(stage === "ended" ? "sold" : undefined);
      expect(seen?.result?.price).toBe(stage === "ended" && shown ? "9400.00" : undefined);
    }
  });

  test("bids of others are for those who see them live, unsigned but for the owner's side after the close", async () => {
    await keepLot(visibility, stage);
    for (const reader of everybody) {
      const [rival, own] = ["Bidder #1", "Bidder #2"].map((alias) => ({ alias }));
      const seen = await bidsFor(readers[reader]);
      const expected = [
        ...(bids.includes(reader) ? [rival] : []),
        ...(bids.includes(reader) || reader === "bidder" ? [own] : []),
      ];
      expect(seen, reader).toMatchObject(expected);
      const named = stage === "ended" && ownersSide.includes(reader);
      expect(
        seen.filter((bid) => !bid.own).every(({ companyId }) => (companyId !== undefined) === named),
        reader,
      ).toBe(true);
      expect(
        seen.filter((bid) => !bid.own).some((bid) => "maximum" in bid || "userId" in bid),
        reader,
      ).toBe(false);
    }
  });

  test("one's own proxy bid shows what one offered unless one may see the best price", async () => {
    await keepLot(visibility, stage);
    const own = (await bidsFor(readers.bidder)).find((bid) => bid.own);
    expect(own).toMatchObject({
      price: best.includes("bidder") ? "9450.00" : "9405.00",
      maximum: "9405.00",
      companyId: "two",
    });
  });
});

test("a sealed lot that is closed shows nothing before its result", async () => {
  await keepLot("sealed", "live");
  await records.keep({ lots: [lot({ visibility: "sealed", ...closed })] });
  expect(await bidsFor(readers.bidder)).toMatchObject([{ alias: "Bidder #2", price: "9405.00" }]);
  expect(await lotSeenBy(records.db, readers.bidder)).not.toHaveProperty("bestPrice");
});

test("initial prices are the owner's to see when nobody can bid any more", async () => {
  await keepLot("full", "live");
  await records.keep({ initialPrices: [initialPrice("one", "9600.00"), initialPrice("two", "9700.00")] });
  const lots = createLotRepository(records.db);
  const pricesFor = async (reader: Reader) => {
    const all = await readAll((cursor) => lots.initialPrices(readers[reader], lotId, { limit: 1, cursor }));
    return all.map(({ price }) => price);
  };
  for (const reader of ownersSide) expect([reader, ...(await pricesFor(reader))]).toEqual([reader]);
  expect(await pricesFor("bidder")).toEqual(["9700.00"]);
  for (const shown of [lot({ format: "sealed" }), lot(closed)]) {
    await records.keep({ lots: [shown] });
    for (const reader of ownersSide)
      expect([reader, ...(await pricesFor(reader))]).toEqual([reader, "9600.00", "9700.00"]);
  }
  expect(await pricesFor("stranger")).toEqual([]);
});

test("every visibility is tested in both stages", () => {
  expect(cases.map(([stage, visibility]) => `${stage} ${visibility}`).sort()).toEqual(
    Visibilities.options.flatMap((visibility) => [`ended ${visibility}`, `live ${visibility}`]).sort(),
  );
});

test("sorting by price tells no price that the list does not show", async () => {
  await keepLot("rank", "live");
  const page = await createBidRepository(records.db).list(member("one"), { lotId, sort: "price", limit: 1 });
  expect(page).toMatchObject({ data: [{ price: "9100.00" }], next: null });
  const bids = [2, 3].map((number) =>
    bid({ id: `${lotId}-b${number}0`, price: "9400.00", maximum: "9000.00", at: at("09:10") }),
  );
  await records.keep({ bids });
  const first = await createBidRepository(records.db).list(member("one"), { lotId, sort: "price", limit: 1 });
  const cursor = first.ok ? (first.next ?? "") : "";
  expect(Buffer.from(cursor, "base64url").toString()).toContain("9000.00");
  expect(Buffer.from(cursor, "base64url").toString()).not.toContain("9400.00");
});

test("a reserve and an estimate are in no list", async () => {
  await keepLot("lead", "live");
  for (const actor of Object.values(readers)) {
    const seen = JSON.stringify(await lotSeenBy(records.db, actor));
    expect(seen).toContain(lotId);
    for (const secret of ["2300000.00", "9000.00"]) expect(seen).not.toContain(secret);
  }
});

test("a random end is seen when it has come", async () => {
  const terms = {
    ...lotTerms,
    rules: { ...lotTerms.rules, softClose: { ...lotTerms.rules.softClose, variant: "random_end" } },
  } as const;
  const endOf = async () => (await lotSeenBy(records.db, member("owner")))?.endsAt;
  await records.keep({ lots: [lot({ terms })] });
  expect(await endOf()).toBeUndefined();
  await records.keep({ lots: [lot({ terms, ...ended })] });
  expect(await endOf()).toBe("2026-11-01T10:00:00.000000Z");
});

test("a lot without a best price has none, and one that is not scheduled has no times", async () => {
  await records.keep({
    lots: [lot({ phase: "planned", bestPrice: null, endsAt: null, opensAt: Number.MAX_SAFE_INTEGER })],
  });
  const seen = await lotSeenBy(records.db, member("owner"));
  expect(seen).not.toHaveProperty("bestPrice");
  expect(seen).not.toHaveProperty("opensAt");
  expect(seen).not.toHaveProperty("endsAt");
  expect(seen).not.toHaveProperty("result");
});

test("an amount comes back digit by digit", async () => {
  const prices = ["0.10", "9400", "9400.000", "123456789012345678.123456789012345678"];
  await records.keep({
    bids: prices.map((price, index) => bid({ id: `${lotId}-b${index + 50}`, price })),
    initialPrices: [initialPrice("one", "9.500000")],
  });
  for (const [index, price] of prices.entries())
    expect(await createBidRepository(records.db).find(member("owner"), `${lotId}-b${index + 50}`)).toMatchObject({
      price,
    });
  expect(await createLotRepository(records.db).initialPrices(member("one"), lotId, {})).toMatchObject({
    data: [{ price: "9.500000" }],
  });
});
