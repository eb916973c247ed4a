import { limits } from "@kontor/kernel";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createBidRepository,
  createLotRepository,
  createNoticeRepository,
  createTenderRepository,
  never,
} from "../../src/index.ts";
import {
  at,
  bid,
  givenRecords,
  lot,
  lotId,
  member,
  notice,
  now,
  readAll,
  tender,
  tenderIdOf,
} from "./given-records.ts";

const records = givenRecords();
const owner = member("owner");

/** Twenty tenders in pairs of the same instants, as real ones come; deadlines run the other way, some have none. */
const old = Array.from({ length: 20 }, (_, index) => {
  const listedAt = at("08:00") + Math.floor(index / 2) * 1_000_000 + 417;
  const deadlineAt = index % 5 === 0 ? never : at("18:00") - Math.floor(index / 2) * 1_000_000;
  return tender({ id: tenderIdOf(100 + index), listedAt, publishedAt: listedAt, deadlineAt });
});

let added = 200;

/** Somebody publishes before, after and right at what was read last. */
async function publishMore(): Promise<void> {
  const tenders = [at("07:59"), at("08:00") + 5_000_417, at("09:00")].map((listedAt) =>
    tender({ id: tenderIdOf(added++), listedAt, publishedAt: listedAt, deadlineAt: listedAt }),
  );
  await records.keep({ tenders });
}

beforeAll(() => records.keep({ tenders: [...old, tender()], lots: [lot({ visibility: "full" })] }));

describe("tenders by page", () => {
  test.each([
    ["published", 3],
    ["published", 7],
    ["deadline", 4],
  ] as const)("by %s, %i at a time, while others are published: none twice, none missed", async (sort, limit) => {
    const repository = createTenderRepository(records.db);
    const read = await readAll((cursor) => repository.list(owner, { now, sort, limit, cursor }), publishMore);
    const ids = read.map(({ tenderId }) => tenderId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(old.map(({ id }) => id)));
  });

  test("newest first; and the next deadline first, those without one last", async () => {
    const repository = createTenderRepository(records.db);
    const times = async (sort: "published" | "deadline") => {
      const read = await readAll((cursor) => repository.list(owner, { now, sort, limit: 5, cursor }));
      const byId = new Map(old.map((row) => [row.id, sort === "published" ? row.listedAt : row.deadlineAt]));
      return read.flatMap(({ tenderId }) => byId.get(tenderId) ?? []);
    };
    const published = await times("published");
    expect(published).toEqual(published.toSorted((a, b) => b - a));
    const deadlines = await times("deadline");
    expect(deadlines).toEqual(deadlines.toSorted((a, b) => a - b));
    expect(deadlines.at(-1)).toBe(never);
  });

  test("a page holds what was asked for, within the limit", async () => {
    const repository = createTenderRepository(records.db);
    const sizeOf = async (limit?: number) => {
      const page = await repository.list(owner, { now, limit });
      return page.ok ? page.data.length : -1;
    };
    const tenders = Array.from({ length: limits.pageMax + 10 }, () => tender({ id: tenderIdOf(added++) }));
    await records.keep({ tenders });
    expect(await sizeOf(1)).toBe(1);
    expect(await sizeOf()).toBe(limits.pageDefault);
    expect(await sizeOf(10_000)).toBe(limits.pageMax);
    expect(await sizeOf(-5)).toBe(1);
  });

  test("the last page has no next one, also when it is full", async () => {
    const repository = createTenderRepository(records.db);
    const title = "one of two";
    await records.keep({
      tenders: [tender({ id: tenderIdOf(added++), title }), tender({ id: tenderIdOf(added++), title })],
    });
    expect(await repository.list(owner, { now, q: title, limit: 2 })).toMatchObject({ ok: true, next: null });
    expect(await repository.list(owner, { now, q: title, limit: 1 })).toMatchObject({
      ok: true,
      next: expect.any(String),
    });
  });
});

describe("other lists by page", () => {
  test("bids come once each, newest first and by price", async () => {
    const bids = Array.from({ length: 25 }, (_, index) =>
      bid({ id: `${lotId}-b${index + 1}`, at: at("09:05") + Math.floor(index / 3), price: `${9400 - (index % 4)}.50` }),
    );
    await records.keep({ bids });
    const repository = createBidRepository(records.db);
    for (const sort of ["newest", "price"] as const) {
      const read = await readAll((cursor) => repository.list(owner, { lotId, sort, limit: 4, cursor }));
      expect(read.map(({ bidId }) => bidId).sort()).toEqual(bids.map(({ id }) => id).sort());
      const keys = read.map(({ at: instant, price }) => (sort === "newest" ? instant : price));
      expect(keys).toEqual(
        sort === "newest" ? keys.toSorted().reverse() : keys.toSorted((a, b) => Number(a) - Number(b)),
      );
    }
  });

  test("prices sort by value, not by their digits", async () => {
    const bids = ["10.00", "9.00", "100.00", "9.5"].map((price, index) =>
      bid({ id: `${lotId}-b${100 + index}`, price, voided: true }),
    );
    await records.keep({ bids });
    const page = await createBidRepository(records.db).list(owner, { lotId, sort: "price", limit: 4 });
    expect(page).toMatchObject({ data: ["9.00", "9.5", "10.00", "100.00"].map((price) => ({ price })) });
  });

  test("lots of a tender go by number, those of the marketplace by opening", async () => {
    const tenderId = tenderIdOf(100);
    const lots = [3, 1, 2].map((number) =>
      lot({ id: `${tenderId}-${number}`, tenderId, number, opensAt: at(`1${number}:00`) }),
    );
    await records.keep({ lots });
    const repository = createLotRepository(records.db);
    const numbers = await readAll((cursor) => repository.list(owner, { tenderId, limit: 2, cursor }));
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3]);
    const openings = await readAll((cursor) => repository.list(owner, { limit: 1, cursor }));
    expect(openings.map(({ opensAt }) => opensAt)).toEqual(openings.map(({ opensAt }) => opensAt).toSorted());
  });

  test("notices come once each while more are stored", async () => {
    const notices = Array.from({ length: 9 }, (_, index) =>
      notice({ id: `n-${index}`, at: at("08:30") + Math.floor(index / 2) }),
    );
    await records.keep({ notices });
    let extra = 0;
    const repository = createNoticeRepository(records.db);
    const read = await readAll(
      (cursor) => repository.list(member("one"), { limit: 2, cursor }),
      () => records.keep({ notices: [notice({ id: `later-${extra++}`, at: at("09:30") })] }),
    );
    expect(read.map(({ noticeId }) => noticeId).sort()).toEqual(notices.map(({ id }) => id).sort());
  });
});

describe("a cursor that is none of ours", () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  test.each([
    ["is no base64url", "!!"],
    ["is empty", ""],
    ["holds no JSON", Buffer.from("nonsense").toString("base64url")],
    ["is an object", encoded({})],
    ["is too short", encoded([1, "published"])],
    ["has another version", encoded([2, "published", 1, "a"])],
    ["is of another order", encoded([1, "deadline", 1, "a"])],
    ["holds a text for an instant", encoded([1, "published", "now()", "a"])],
    ["holds a fraction", encoded([1, "published", 1.5, "a"])],
    ["holds a negative instant", encoded([1, "published", -1, "a"])],
    ["holds no id", encoded([1, "published", 1, null])],
    ["holds a character that texts do not have", encoded([1, "published", 1, "\u0000"])],
    ["is longer than any of ours", "a".repeat(2_000)],
  ])("%s: said so, with a code", async (_, cursor) => {
    const page = await createTenderRepository(records.db).list(owner, { now, cursor });
    expect(page).toEqual({ ok: false, code: "cursor_malformed" });
  });

  test.each([
    ["NaN", '"NaN"'],
    ["an exponent", '"1e5"'],
    ["a number", "1"],
  ])("a price that is %s is malformed", async (_, value) => {
    const cursor = Buffer.from(`[1,"price",${value},"a"]`).toString("base64url");
    const page = await createBidRepository(records.db).list(owner, { lotId, sort: "price", cursor });
    expect(page).toEqual({ ok: false, code: "cursor_malformed" });
  });

  test("an instant as far as numbers go is only an empty page", async () => {
    const cursor = encoded([1, "deadline", never, "~"]);
    const page = await createTenderRepository(records.db).list(owner, { now, sort: "deadline", cursor });
    expect(page).toMatchObject({ ok: true, next: null });
    const beyond = encoded([1, "deadline", never - 1, "~"]);
    expect(
      await createTenderRepository(records.db).list(owner, { now, sort: "deadline", cursor: beyond }),
    ).toMatchObject({ ok: true });
  });
});
