import type { Visibility } from "@kontor/protocol";
import { requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../world/people.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { Tender } from "../world/tenders.ts";
import { act } from "../world/tenders.ts";
import { longMs, lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/*
 * One lot per visibility, all in one tender. Every price is written once and nowhere else, so whoever must not know it
 * must not have its digits in anything that ever reached his machine.
 */
const modes = ["full", "lead", "rank", "traffic", "sealed"] as const satisfies readonly Visibility[];
const patience = { timeoutMs: 15_000 };

/** Anna leads, Bert bids behind her, then overtakes her. */
const pricesOf = (mode: Visibility) => {
  const cent = modes.indexOf(mode as (typeof modes)[number]);
  return { annas: `8711.1${cent}`, berts: `8822.2${cent}`, overtaking: `8633.3${cent}` };
};

/** What the rules promise a bidder of his rivals and of himself, while the lot is live. */
const promised = {
  full: { best: true, others: true, rank: true, standing: true, count: true },
  lead: { best: true, others: false, rank: true, standing: true, count: true },
  rank: { best: false, others: false, rank: true, standing: true, count: false },
  traffic: { best: false, others: false, rank: false, standing: true, count: false },
  sealed: { best: false, others: false, rank: false, standing: false, count: false },
} as const satisfies Record<Visibility, object>;

let world: World;
let tender: Tender;
const receipts = new Map<string, object>();
/** What each viewer's machine had received when everything had happened and the lots were still open. */
const seen = new Map<string, { readonly texts: readonly string[]; readonly http: readonly string[] }>();

const lotOf = (mode: Visibility): string => tender.lotId(modes.indexOf(mode as (typeof modes)[number]) + 1);
const viewers = (): readonly (readonly [string, Person])[] => [
  ["anna", world.anna.boss],
  ["bert", world.bert.boss],
  ["observer", world.observer.boss],
  ["buyer", world.buyer.boss],
  ["operator", world.operator],
  ["auditor", world.auditor],
];

beforeAll(async () => {
  world = await createWorld();
  const { anna, bert, buyer, clock } = world;
  const lots = modes.map((visibility) => lot(reverseRules({ visibility, reference: "own" })));
  tender = await world.publish({ draft: { lots }, suppliers: [anna, bert] });
  await tender.open();
  const watching = viewers().flatMap(([, { live }]) => modes.map((mode) => live().subscribe(`lot:${lotOf(mode)}`)));
  await Promise.all(watching.map((one) => one.until(() => true, patience)));
  for (const mode of modes) await bidIn(mode);
  // Everybody may see an extension, and it comes after whatever else there was to see.
  for (const mode of modes) {
    const endsAt = clock.instantIn(2 * longMs);
    await act(buyer.boss, { type: "extend_lot", lotId: lotOf(mode), endsAt, reason: "enough said" });
  }
  await Promise.all(watching.map((one) => one.until(({ extensions }) => extensions === 1, patience)));
  for (const [name, person] of viewers()) {
    seen.set(name, { texts: [...person.wire.received], http: await everyRoute(person) });
  }
});
afterAll(() => world[Symbol.asyncDispose]());

async function bidIn(mode: Visibility): Promise<void> {
  const { anna, bert } = world;
  const { annas, berts, overtaking } = pricesOf(mode);
  for (const [{ boss }, price] of [
    [anna, annas],
    [bert, berts],
    [bert, overtaking],
  ] as const) {
    const receipt = requireReceipt(await boss.live().commands.submitBid({ lotId: lotOf(mode), price }));
    receipts.set(price, receipt.result);
  }
}

/** Every route that tells of lots or bids, as the person reads it once the read models have caught up. */
async function everyRoute({ headers }: Person): Promise<readonly string[]> {
  const { marketplaceId, buyer, url } = world;
  await until("the read models know of every bid", async () => {
    const bids = await buyer.boss.client.records.bids(marketplaceId, { tenderId: tender.tenderId }).all();
    return bids.length === 3 * modes.length;
  });
  const raw = createRawHttp(url);
  const here = `/v1/marketplaces/${marketplaceId}`;
  const paths = [
    ...["lots", "bids", "bids?sort=price", "awards", "contracts", "tenders"].map((list) => `${here}/${list}`),
    `/v1/tenders/${tender.tenderId}`,
    `/v1/tenders/${tender.tenderId}/lots`,
    `/v1/tenders/${tender.tenderId}/suppliers`,
    ...modes.flatMap((mode) =>
      ["", "/bids", "/initial-prices", "/awards"].map((part) => `/v1/lots/${lotOf(mode)}${part}`),
    ),
  ];
  const answers = await Promise.all(paths.map((path) => raw.ask({ method: "GET", path, headers: headers() })));
  raw.close();
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return answers.map(({ text }) => text);
}

function received(name: string): string {
  const { texts, http } = seen.get(name) ?? { texts: [], http: [] };
  expect(texts.length).toBeGreaterThan(modes.length);
  expect(http.length).toBeGreaterThan(modes.length);
  return [...texts, ...http].join("\n");
}

describe.each(modes)("a lot with %s visibility", (mode) => {
  const { best, others, rank, standing, count } = promised[mode];
  const { annas, berts, overtaking } = pricesOf(mode);

  test("tells a bidder's machine just the prices that the mode promises", () => {
    expect(received("bert").includes(annas)).toBe(best);
    expect(received("anna").includes(overtaking)).toBe(best);
    expect(received("anna").includes(berts)).toBe(others);
  });

  test("tells who looks on nothing of the bidding unless it is all in the open", () => {
    for (const price of [annas, berts, overtaking]) expect(received("observer").includes(price)).toBe(mode === "full");
  });

  test("tells the owner and the staff every price", () => {
    for (const name of ["buyer", "operator", "auditor"]) {
      for (const price of [annas, berts, overtaking]) expect(received(name)).toContain(price);
    }
  });

  test("tells a bidder his own rank, standing and the number of bidders as far as it promises", async () => {
    for (const [company, place] of [
      [world.anna, { rank: 2, standing: "behind" }],
      [world.bert, { rank: 1, standing: "leading" }],
    ] as const) {
      const { view, own } = requireValue(await company.boss.client.lots.get(lotOf(mode)));
      expect(own?.rank).toBe(rank ? place.rank : undefined);
      expect(own?.standing).toBe(standing ? place.standing : undefined);
      expect(view.bidderCount).toBe(count ? 2 : undefined);
      expect(view.bestPrice).toBe(best ? overtaking : undefined);
      expect(Object.keys(view.standings ?? {})).toHaveLength(others ? 2 : 0);
      expect(Object.keys(view.recent ?? {})).toHaveLength(others ? 3 : 0);
    }
  });

  test("answers a bid with no more than that", () => {
    const told = [annas, berts, overtaking].map((price) => receipts.get(price));
    expect(told).toEqual([
      expect.objectContaining({ price: annas, ...(rank ? { rank: 1 } : {}), ...(standing ? { leading: true } : {}) }),
      expect.objectContaining({ price: berts, ...(rank ? { rank: 2 } : {}), ...(standing ? { leading: false } : {}) }),
      expect.objectContaining({ price: overtaking }),
    ]);
    for (const result of told) {
      expect("rank" in (result ?? {})).toBe(rank);
      expect("leading" in (result ?? {})).toBe(standing);
    }
  });

  test("shows everybody the clock", () => {
    const ends = viewers().map(([, { wire }]) => {
      const frames = wire.frames().filter((frame) => frame["stream"] === `lot:${lotOf(mode)}`);
      return JSON.stringify(frames).includes('"extensions":1');
    });
    expect(ends).toEqual(ends.map(() => true));
  });
});

test("no rival is named to anybody who bids, looks on or buys while a lot is live", () => {
  const { anna, bert } = world;
  const named = (company: typeof anna): string[] => [company.companyId, company.name, company.boss.userId];
  for (const word of named(anna)) expect(received("bert")).not.toContain(word);
  for (const word of named(bert)) expect(received("anna")).not.toContain(word);
  for (const word of [...named(anna), ...named(bert)]) {
    expect(received("observer")).not.toContain(word);
    expect((seen.get("buyer")?.texts ?? []).join("\n")).not.toContain(word);
  }
});

test("nobody from another marketplace gets any of it", async () => {
  const { foreigner, foreignOperator } = world;
  for (const { client, live } of [foreigner.boss, foreignOperator]) {
    for (const mode of modes) {
      expect(await client.lots.get(lotOf(mode))).toMatchObject({ ok: false, problem: { code: "not_found" } });
      const refused = live().until(`lot:${lotOf(mode)}`, () => true, patience);
      await expect(refused).rejects.toMatchObject({ problem: { code: "not_found" } });
    }
  }
});

test("a refusal tells no rival's price where the rival's price is hidden", async () => {
  const { anna, bert } = world;
  const hidden = ["rank", "traffic", "sealed"] as const;
  const lots = hidden.map((visibility) => lot(reverseRules({ visibility, reference: "leader" })));
  const other = await world.publish({ draft: { lots }, suppliers: [anna, bert] });
  await other.open();
  for (const [index] of hidden.entries()) {
    const lotId = other.lotId(index + 1);
    await act(anna.boss, { type: "submit_bid", lotId, price: "8700.00" });
    const refused = await bert.boss.live().commands.submitBid({ lotId, price: "8750.00" });
    if (refused.ok) throw new Error("a price behind the leader's was accepted");
    expect(refused.problem.code).toBe("not_better_than_reference");
    expect(refused.problem).not.toHaveProperty("limit");
    expect(refused.problem).not.toHaveProperty("nearest");
    expect(JSON.stringify(refused.problem)).not.toContain("8700");
  }
});

test("once it is awarded the winner is named to everybody, and a sealed lot opens to those who bid in it", async () => {
  const { anna, bert, observer, buyer, clock } = world;
  clock.skip(3 * longMs);
  for (const mode of modes) {
    const lotId = lotOf(mode);
    await buyer.boss.live().until(`lot:${lotId}`, ({ phase }) => phase === "award_pending", patience);
    await act(buyer.boss, { type: "accept_award", lotId, awardId: `${lotId}-a1` });
  }
  for (const mode of modes) {
    const { overtaking, berts } = pricesOf(mode);
    const [mine, theirs] = await Promise.all(
      [anna, observer].map(async ({ boss }) => requireValue(await boss.client.lots.get(lotOf(mode)))),
    );
    expect([mine?.view.result, theirs?.view.result]).toEqual([
      expect.objectContaining({ outcome: "sold", winnerCompanyId: bert.companyId }),
      expect.objectContaining({ outcome: "sold", winnerCompanyId: bert.companyId }),
    ]);
    expect(mine?.view.result?.price).toBe(mode === "rank" || mode === "traffic" ? undefined : overtaking);
    expect(theirs?.view.result?.price).toBe(mode === "full" ? overtaking : undefined);
    expect(JSON.stringify(mine).includes(berts)).toBe(mode === "full" || mode === "sealed");
  }
});
