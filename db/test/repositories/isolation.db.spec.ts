import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createAwardRepository,
  createBidRepository,
  createContractRepository,
  createLotRepository,
  createNoticeRepository,
  createTenderRepository,
} from "../../src/index.ts";
import {
  award,
  bid,
  contract,
  givenRecords,
  initialPrice,
  lot,
  lotId,
  lotSeenBy,
  member,
  notice,
  now,
  question,
  staff,
  supplier,
  tender,
  tenderId,
  tenderIdOf,
} from "./given-records.ts";

const records = givenRecords();
const draftId = tenderIdOf(2);
const grainId = tenderIdOf(3);
const grain = { tenderId: grainId, marketplaceId: "grain", lotId: `${grainId}-1` };

/*
 * Marketplace metals: company owner runs a tender that is decided and has a draft; one won, two lost, three never took
 * part. Company one also runs a tender in marketplace grain, where two bids.
 */
beforeAll(() =>
  records.keep({
    tenders: [
      tender({ stage: "standstill" }),
      tender({ id: draftId, stage: "draft", publishedAt: null, title: "Secret plans" }),
      tender({ id: grainId, marketplaceId: "grain", ownerCompanyId: "one" }),
    ],
    lots: [
      lot({ phase: "standstill", outcome: "sold", resultPrice: "9400.00", winnerCompanyId: "one", closedAt: now }),
      lot({ id: `${draftId}-1`, tenderId: draftId, phase: "planned" }),
      lot({ ...grain, id: grain.lotId }),
    ],
    bids: [
      bid(),
      bid({ id: `${lotId}-b2`, companyId: "two", userId: "u-two", alias: 2, price: "9450.00" }),
      bid({ ...grain, id: `${grain.lotId}-b1`, companyId: "two" }),
    ],
    initialPrices: [initialPrice("one", "9600.00"), initialPrice("two", "9700.00")],
    suppliers: [supplier("one"), supplier("two"), supplier("two", { ...grain })],
    questions: [
      question(),
      question({ id: `${tenderId}-q2`, answer: "Rotterdam", answeredAt: now, published: true }),
      question({ id: `${tenderId}-q3`, companyId: "two", answer: "No", answeredAt: now }),
    ],
    awards: [award(), award({ ...grain, id: `${grain.lotId}-a1`, companyId: "two", ownerCompanyId: "one" })],
    contracts: [contract(), contract({ ...grain, id: `${grain.lotId}-c1`, companyId: "two", ownerCompanyId: "one" })],
    notices: [
      notice(),
      notice({ ...grain, id: "grain-1", companyId: "one" }),
      notice({ id: "two-1", companyId: "two" }),
    ],
  }),
);

/** What a reader finds, as short names: m1 is the first of its kind in metals, g1 in grain, d1 in the draft. */
async function seenBy(actor: Actor): Promise<Record<string, string>> {
  const { db } = records;
  const tenders = createTenderRepository(db);
  const lots = createLotRepository(db);
  const bids = createBidRepository(db);
  const awards = createAwardRepository(db);
  const contracts = createContractRepository(db);
  const notices = createNoticeRepository(db);
  const pages = {
    tenders: names(await tenders.list(actor, { now }), ({ tenderId: id }) => id),
    lots: names(await lots.list(actor, {}), (row) => row.lotId),
    bids: names(await bids.list(actor, {}), ({ bidId }) => bidId),
    prices: names(await lots.initialPrices(actor, lotId, {}), ({ companyId }) => companyId),
    suppliers: names(await tenders.suppliers(actor, tenderId, {}), ({ companyId }) => companyId),
    questions: names(await tenders.questions(actor, tenderId, {}), ({ questionId }) => questionId),
    awards: names(await awards.list(actor, {}), ({ awardId }) => awardId),
    contracts: names(await contracts.list(actor, {}), ({ contractId }) => contractId),
    notices: names(await notices.list(actor, {}), ({ noticeId }) => noticeId),
  };
  const found = {
    tenders: await ids([tenderId, draftId, grainId], (id) => tenders.find(actor, id, now)),
    bids: await ids([`${lotId}-b1`, `${lotId}-b2`, `${grain.lotId}-b1`], (id) => bids.find(actor, id)),
    awards: await ids([`${lotId}-a1`, `${grain.lotId}-a1`], (id) => awards.find(actor, id)),
    contracts: await ids([`${lotId}-c1`, `${grain.lotId}-c1`], (id) => contracts.find(actor, id)),
  };
  expect(found, "by id as in the list").toEqual(
    Object.fromEntries(Object.keys(found).map((key) => [key, pages[key as keyof typeof pages]])),
  );
  return pages;
}

type Listed<Entry> = { ok: true; data: readonly Entry[]; next: string | null } | { ok: false };

function names<Entry>(page: Listed<Entry>, idOf: (entry: Entry) => string): string {
  expect(page).toMatchObject({ ok: true, next: null });
  return page.ok ? page.data.map(idOf).map(short).sort().join(" ") : "";
}

async function ids(all: readonly string[], find: (id: string) => Promise<unknown>): Promise<string> {
  const found = await Promise.all(all.map(async (id) => ((await find(id)) === undefined ? [] : [short(id)])));
  return found.flat().sort().join(" ");
}

function short(id: string): string {
  return id.replace(tenderId, "m").replace(draftId, "d").replace(grainId, "g").replace("m-1-0-", "m-");
}

const nobody = {
  tenders: "",
  lots: "",
  bids: "",
  prices: "",
  suppliers: "",
  questions: "",
  awards: "",
  contracts: "",
  notices: "",
};

const ownersSide = {
  tenders: "d m",
  lots: "d-1 m-1",
  bids: "m-1-b1 m-1-b2",
  prices: "one two",
  suppliers: "one two",
  questions: "m-q1 m-q2 m-q3",
  awards: "m-1-a1",
  contracts: "m-1-c1",
};

const cases: readonly (readonly [who: string, actor: Actor, sees: Record<string, string>])[] = [
  ["the owner", member("owner"), { ...ownersSide, notices: "" }],
  ["an operator", staff("operator"), { ...ownersSide, notices: "m-one two-1" }],
  ["an auditor", staff("auditor"), { ...ownersSide, notices: "m-one two-1" }],
  [
    "the winner",
    member("one"),
    {
      tenders: "m",
      lots: "m-1",
      bids: "m-1-b1",
      prices: "one",
      suppliers: "one",
      questions: "m-q1 m-q2",
      awards: "m-1-a1",
      contracts: "m-1-c1",
      notices: "m-one",
    },
  ],
  [
    "another bidder",
    member("two"),
    {
      ...nobody,
      tenders: "m",
      lots: "m-1",
      bids: "m-1-b2",
      prices: "two",
      suppliers: "two",
      questions: "m-q2 m-q3",
      notices: "two-1",
    },
  ],
  ["a member who takes no part", member("three"), { ...nobody, tenders: "m", lots: "m-1", questions: "m-q2" }],
  [
    "the winner in the other marketplace",
    member("one", "grain"),
    { ...nobody, tenders: "g", lots: "g-1", bids: "g-1-b1", awards: "g-1-a1", contracts: "g-1-c1", notices: "grain-1" },
  ],
  ["the owner in the other marketplace", member("owner", "grain"), { ...nobody, tenders: "g", lots: "g-1" }],
  [
    "an operator of the other marketplace",
    staff("operator", "grain"),
    { ...nobody, tenders: "g", lots: "g-1", bids: "g-1-b1", awards: "g-1-a1", contracts: "g-1-c1", notices: "grain-1" },
  ],
  ["a member of no marketplace", member("owner", null), nobody],
  ["a company of no marketplace, for its notices", member("one", null), { ...nobody, notices: "grain-1 m-one" }],
  ["an operator of no marketplace", staff("operator", null), nobody],
  ["a member of an unknown marketplace", member("owner", "nowhere"), nobody],
  [
    "a member without a company",
    { ...member("owner"), companyId: null },
    { ...nobody, tenders: "m", lots: "m-1", questions: "m-q2" },
  ],
  [
    "the system",
    systemActor,
    {
      ...ownersSide,
      tenders: "d g m",
      lots: "d-1 g-1 m-1",
      bids: "g-1-b1 m-1-b1 m-1-b2",
      awards: "g-1-a1 m-1-a1",
      contracts: "g-1-c1 m-1-c1",
      notices: "grain-1 m-one two-1",
    },
  ],
];

test.each(cases)("%s sees what is theirs and nothing else", async (_, actor, sees) => {
  expect(await seenBy(actor)).toEqual(sees);
});

test("a tender by invitation is for those who were invited or asked, and for staff", async () => {
  const byInvitation = tenderIdOf(9);
  const lotId9 = `${byInvitation}-1`;
  await records.keep({
    tenders: [tender({ id: byInvitation, admission: "invited", marketplaceId: "closed-market" })],
    lots: [lot({ id: lotId9, tenderId: byInvitation, visibility: "full" })],
    bids: [bid({ id: `${lotId9}-b1`, tenderId: byInvitation, lotId: lotId9, companyId: "two" })],
    suppliers: [supplier("two", { tenderId: byInvitation, state: "invited" })],
  });
  const seen = async (actor: Actor) => [
    (await createTenderRepository(records.db).find(actor, byInvitation, now)) !== undefined,
    (await lotSeenBy(records.db, actor, lotId9)) !== undefined,
    (await createBidRepository(records.db).find(actor, `${lotId9}-b1`)) !== undefined,
  ];
  const where = "closed-market";
  expect(await seen(member("three", where))).toEqual([false, false, false]);
  for (const actor of [member("two", where), member("owner", where), staff("auditor", where)])
    expect(await seen(actor)).toEqual([true, true, true]);
  await records.sql`delete from tenders where id = ${byInvitation}`;
});

describe("filters open no other door", () => {
  test("asking for a foreign tender, lot or company by name finds nothing", async () => {
    const stranger = member("three", "grain");
    const bids = createBidRepository(records.db);
    expect(await bids.list(stranger, { lotId })).toMatchObject({ data: [] });
    expect(await bids.list(stranger, { tenderId })).toMatchObject({ data: [] });
    expect(await createLotRepository(records.db).list(stranger, { tenderId })).toMatchObject({ data: [] });
    expect(await createLotRepository(records.db).initialPrices(stranger, lotId, {})).toMatchObject({
      data: [],
    });
    expect(await createAwardRepository(records.db).list(stranger, { lotId })).toMatchObject({ data: [] });
    expect(await createTenderRepository(records.db).list(stranger, { now, q: "secret plans" })).toMatchObject({
      data: [],
    });
    expect(
      await createTenderRepository(records.db).list(member("three"), { now, q: "secret plans", phase: "draft" }),
    ).toMatchObject({ data: [] });
  });

  test("staff owns nothing and takes part in nothing", async () => {
    const tenders = createTenderRepository(records.db);
    expect(await tenders.list(staff("operator"), { now, owner: "me" })).toMatchObject({ data: [] });
    expect(await tenders.list(staff("operator"), { now, takingPart: "me" })).toMatchObject({ data: [] });
    expect(await createBidRepository(records.db).list(systemActor, { company: "me" })).toMatchObject({ data: [] });
  });

  test("nobody marks another's notices as read", async () => {
    const notices = createNoticeRepository(records.db);
    for (const actor of [member("three"), staff("operator"), systemActor, member("one", "nowhere")])
      expect(await notices.markRead(actor, now, ["two-1", `${tenderId}-1-0-one`, "grain-1"])).toBe(0);
    expect(await notices.unreadCount(member("one", null))).toBe(2);
    expect(await notices.markRead(member("one"), now)).toBe(1);
    expect(await notices.markRead(member("one"), now)).toBe(0);
    expect(await notices.list(member("one", null), { unread: true })).toMatchObject({
      data: [{ noticeId: "grain-1" }],
    });
  });
});
