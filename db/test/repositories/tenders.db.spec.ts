import type { TenderPhase } from "@kontor/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import type { TenderRow } from "../../src/index.ts";
import { createLotRepository, createTenderRepository, never } from "../../src/index.ts";
import { at, givenRecords, lot, member, now, supplier, tender, tenderId, tenderIdOf } from "./given-records.ts";

const records = givenRecords();
const owner = member("owner");

describe("the phase follows from dates until the auction begins", () => {
  const cases: readonly (readonly [Partial<TenderRow>, clock: string, TenderPhase])[] = [
    [{ questionsUntil: at("09:00"), deadlineAt: at("10:00") }, "08:59", "enquiries"],
    [{ questionsUntil: at("09:00"), deadlineAt: at("10:00") }, "09:00", "submission"],
    [{ questionsUntil: at("09:00"), deadlineAt: at("10:00") }, "09:59", "submission"],
    [{ questionsUntil: at("09:00"), deadlineAt: at("10:00") }, "10:00", "waiting"],
    [{ deadlineAt: at("10:00") }, "09:00", "submission"],
    [{ questionsUntil: null, deadlineAt: never }, "23:00", "submission"],
    [{ stage: "auction", questionsUntil: at("11:00") }, "10:00", "auction"],
    [{ stage: "draft", publishedAt: null, questionsUntil: at("11:00") }, "10:00", "draft"],
    [{ stage: "cancelled", questionsUntil: at("11:00") }, "10:00", "cancelled"],
  ];

  test.each(cases)("%j at %s is in %s", async (changes, clock, phase) => {
    await records.keep({ tenders: [tender(changes)] });
    const tenders = createTenderRepository(records.db);
    expect((await tenders.find(owner, tenderId, at(clock)))?.phase).toBe(phase);
    const others = ["enquiries", "submission", "waiting", "auction", "draft", "cancelled"].filter(
      (other) => other !== phase,
    );
    expect(await tenders.list(owner, { now: at(clock), phase })).toMatchObject({ data: [{ phase }] });
    expect(await tenders.list(owner, { now: at(clock), phase: others as TenderPhase[] })).toMatchObject({ data: [] });
    expect(await tenders.list(owner, { now: at(clock), phase: [] })).toMatchObject({ data: [] });
  });

  test("a microsecond before the deadline is before it", async () => {
    await records.keep({ tenders: [tender({ deadlineAt: at("10:00") })] });
    const phaseAt = async (micros: number) =>
      (await createTenderRepository(records.db).find(owner, tenderId, micros))?.phase;
    expect(await phaseAt(at("10:00") - 1)).toBe("submission");
    expect(await phaseAt(at("10:00"))).toBe("waiting");
  });
});

describe("filters", () => {
  const [mine, theirs, selling] = [tenderIdOf(11), tenderIdOf(12), tenderIdOf(13)];
  beforeAll(async () => {
    await records.sql`truncate tenders, lots, tender_suppliers`;
    await records.keep({
      tenders: [
        tender({ id: mine, title: "100 % copper_wire" }),
        tender({ id: theirs, ownerCompanyId: "other", title: "Milling wheat", reference: "WH-77" }),
        tender({ id: selling, ownerCompanyId: "other", direction: "sell", title: "Scrap" }),
      ],
      suppliers: [supplier("owner", { tenderId: theirs, state: "invited" })],
      lots: [
        lot({ id: `${mine}-1`, tenderId: mine, opensAt: at("11:00") }),
        lot({ id: `${theirs}-1`, tenderId: theirs, phase: "scheduled", opensAt: at("10:00") }),
        lot({ id: `${selling}-1`, tenderId: selling, format: "english_forward", opensAt: never }),
      ],
    });
  });

  const found = async (query: object) => {
    const page = await createTenderRepository(records.db).list(owner, { now, ...query });
    return page.ok ? page.data.map(({ tenderId: id }) => id).sort() : [];
  };

  test.each([
    [{ direction: "sell" }, [selling]],
    [{ owner: "me" }, [mine]],
    [{ takingPart: "me" }, [theirs]],
    [{ q: "COPPER" }, [mine]],
    [{ q: "wh-77" }, [theirs]],
    [{ q: "%" }, [mine]],
    [{ q: "_wire" }, [mine]],
    [{ q: "c_pper" }, []],
    [{ q: "'; drop table tenders; --" }, []],
    [{ q: "copper\u0000" }, [mine]],
    [{ q: "\ud800" }, []],
    [{ owner: "me", direction: "sell" }, []],
  ])("%j finds %j", async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test("the summary says how one's own company stands in it", async () => {
    const tenders = createTenderRepository(records.db);
    expect(await tenders.find(owner, theirs, now)).toMatchObject({ ownState: "invited" });
    expect(await tenders.find(owner, mine, now)).not.toHaveProperty("ownState");
  });

  test("lots by phase, format and taking part; those without an opening last", async () => {
    const lots = async (query: object) => {
      const page = await createLotRepository(records.db).list(owner, query);
      return page.ok ? page.data.map(({ tenderId: id }) => id) : [];
    };
    expect(await lots({})).toEqual([theirs, mine, selling]);
    expect(await lots({ phase: ["scheduled", "planned"] })).toEqual([theirs]);
    expect(await lots({ format: "english_forward" })).toEqual([selling]);
    expect(await lots({ takingPart: "me" })).toEqual([theirs]);
  });
});

describe("suppliers and questions", () => {
  test("suppliers by state, each with its reason", async () => {
    await records.keep({
      tenders: [tender()],
      suppliers: [
        supplier("a"),
        supplier("b", { state: "refused", reason: "no certificate" }),
        supplier("c", { state: "invited" }),
      ],
    });
    const tenders = createTenderRepository(records.db);
    expect(await tenders.suppliers(owner, tenderId, { state: ["refused", "invited"] })).toMatchObject({
      data: [
        { companyId: "b", state: "refused", reason: "no certificate" },
        { companyId: "c", state: "invited" },
      ],
    });
  });
});
