import {
  createAwardRepository,
  createContractRepository,
  createLotRepository,
  createNoticeRepository,
  createTenderRepository,
} from "@kontor/db";
import { instantOfMicros, lastInstant, limits } from "@kontor/kernel";
import type { TenderTerms } from "@kontor/protocol";
import { Instant } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { dump } from "./dump.ts";
import { member, ownerActor } from "./given-events.ts";
import { story } from "./given-story.ts";
import type { Told } from "./given-world.ts";
import { createWorld, instant, owner } from "./given-world.ts";
import type { Side } from "./schema-extremes.ts";
import { extremeInstant, extremeTerms, longText } from "./schema-extremes.ts";

const tenderId = "99999999-9999-4999-8999-999999999999";
const longest: Readonly<Record<string, number>> = {
  reason: limits.reasonMax,
  note: limits.reasonMax,
  text: limits.textMax,
};
const prices = { least: "0.000001", most: "999999999999999999.999999" } as const;

const companyOf = (id: string, side: Side): string => (side === "most" ? id.padEnd(64, "_") : id);

/** As many lots of the same formats as the story has, everything else as far as the schema goes. */
function stretchedTerms({ lots }: TenderTerms, side: Side): TenderTerms {
  const [pattern] = extremeTerms(side).lots;
  if (pattern === undefined) throw new Error("terms have lots");
  const rulesOf = ({ rules: { format, visibility } }: TenderTerms["lots"][number]) => ({
    ...pattern.rules,
    format,
    visibility,
  });
  return { ...extremeTerms(side), lots: lots.map((lot) => ({ ...pattern, rules: rulesOf(lot) })) };
}

/** The same facts with every instant, amount, text and id of a company at its extreme. */
function stretched(value: unknown, side: Side, name = ""): unknown {
  if (name === "terms") return stretchedTerms(value as TenderTerms, side);
  if (typeof value === "string") {
    if (Instant.safeParse(value).success) return extremeInstant(side);
    if (/^\d+\.\d+$/.test(value)) return prices[side];
    if (name in longest) return side === "most" ? longText(longest[name] ?? 0) : "x";
    return /^(u-)?ore-|^u6$/.test(value) ? companyOf(value, side) : value;
  }
  if (name === "remainingMs") return side === "most" ? limits.durationMsMax : 0.001;
  if (Array.isArray(value)) return value.map((item) => stretched(item, side, name));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  if (name === "aliases") return Object.fromEntries(members.map(([id, alias]) => [companyOf(id, side), alias]));
  return Object.fromEntries(members.map(([member, inner]) => [member, stretched(inner, side, member)]));
}

/** Postgres writes instants in its session's zone: these two lie farthest from UTC. */
describe.each([
  { side: "least", zone: "Etc/GMT+12", from: 0 },
  { side: "most", zone: "Pacific/Kiritimati", from: lastInstant - 100_000_000 },
] as const)("a story at the schema's $side, in the zone $zone", ({ side, zone, from }) => {
  test("comes into the read models and out of them again", async () => {
    await using world = await createWorld({ zone });
    const script = await world.script(tenderId, { from });
    const entries = story(script).map((step) => stretched(step, side) as readonly Told[]);
    let seq = 0;
    for (const entry of entries) seq = await script.write(entry);
    const worker = world.worker();
    worker.start();
    expect(await worker.caughtUpWith(tenderId, seq, { timeoutMs: 20_000 }), JSON.stringify(world.logged)).toBe(true);
    expect(worker.stats().failures).toBe(0);

    const { db } = world.connection;
    const date = instantOfMicros(instant(extremeInstant(side)));
    const isSet = side === "most";
    const tender = await createTenderRepository(db).find(ownerActor, tenderId, from);
    expect(tender).toMatchObject({ title: extremeTerms(side).title, publishedAt: instantOfMicros(from + 3_000_000) });
    expect(tender?.submissionsUntil).toBe(isSet ? date : undefined);
    const lots = await createLotRepository(db).list(ownerActor, { tenderId });
    const { grade, quantity } = extremeTerms(side).lots[0] ?? {};
    expect((lots.ok ? lots.data : []).map(({ number }) => number).sort()).toEqual([1, 2, 3]);
    const first = lots.ok ? lots.data.find(({ number }) => number === 1) : undefined;
    expect(first).toMatchObject({ grade, quantity, opensAt: date });

    const holder = member(companyOf("ore-one", side));
    for (const actor of [ownerActor, holder]) {
      const awards = await createAwardRepository(db).list(actor, {});
      const accepted = (awards.ok ? awards.data : []).filter(({ status }) => status === "accepted");
      expect(accepted.length).toBeGreaterThan(0);
      for (const award of accepted) expect(award).toMatchObject({ price: prices[side], standstillEndsAt: date });
    }
    const contract = await createContractRepository(db).find(holder, `${tenderId}-2-c1`);
    expect(contract).toMatchObject({ price: prices[side], ownerCompanyId: owner });
    const notices = await createNoticeRepository(db).list(holder, {});
    expect(notices.ok && notices.data.length).toBeGreaterThan(3);

    const { questions, tender_suppliers: suppliers, initial_prices: handedIn } = await dump(world);
    expect(questions).toMatchObject([{ text: stretched("?", side, "text"), answer: stretched("!", side, "text") }]);
    expect(suppliers.map((row) => (row as { reason: string | null }).reason)).toContain(stretched(".", side, "reason"));
    expect(handedIn.length).toBeGreaterThan(0);
  });

  test("and so does a notice of as many lots as there may be", async () => {
    await using world = await createWorld({ zone });
    const script = await world.script(tenderId, { from });
    const terms = extremeTerms(side);
    const seq = await script.write([script.draft(terms)]);
    const worker = world.worker();
    worker.start();
    expect(await worker.caughtUpWith(tenderId, seq, { timeoutMs: 20_000 }), JSON.stringify(world.logged)).toBe(true);
    const tender = await createTenderRepository(world.connection.db).find(ownerActor, tenderId, from);
    expect(tender).toMatchObject({ lotCount: terms.lots.length, reference: terms.reference });
    expect(worker.stats().failures).toBe(0);
  });
});
