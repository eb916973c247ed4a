import type { LotRulesInput } from "@kontor/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideLive, faultsOfRules, liveViews } from "../../src/live/live-auction.ts";
import type { LotInput } from "./given.ts";
import { at, bid, given, initial, lot, lotId } from "./given.ts";

/* Refusals cost nothing, so whatever they tell can be had by trying. */

type Visibility = NonNullable<LotRulesInput["visibility"]>;
const hiding: readonly Visibility[] = ["rank", "traffic", "sealed"];

/** Cents; the prices tried lie a little beyond both ends of where rivals stand. */
const [lowest, highest] = [9_000, 11_000];
const written = (cents: number): string => (cents / 100).toFixed(2);

type Case = { readonly rules: LotInput; readonly own: number | null };

/** What the company hears for each price, from the one that is easiest to offer to the hardest, against these rivals. */
function answersTo({ rules, own }: Case, rivals: readonly number[]): { answers: string[]; standing: string } {
  const auction = lot(rules);
  const standing = rivals.map((price, index) => initial(["B", "C", "D"][index] ?? "E", BigInt(price)));
  given(auction, ...standing, ...(own === null ? [] : [initial("A", BigInt(own))]));
  const by = { companyId: "A", userId: "user-A", at: at("10:00") };
  const answers: string[] = [];
  for (let price = lowest; price <= highest; price += 25) {
    const decision = decideLive(auction, { type: "submit_bid", lotId, price: written(price) }, by);
    answers.push(decision.kind === "accepted" ? "accepted" : JSON.stringify(decision.rejection));
  }
  const view = liveViews(auction).own.get("A");
  const seen = liveViews(auction).participant.bestPrice;
  if (rules.format?.endsWith("reverse")) answers.reverse();
  return { answers, standing: JSON.stringify([view?.rank, view?.standing, seen]) };
}

const step: fc.Arbitrary<LotRulesInput["stepMin"]> = fc.oneof(
  fc.constantFrom("0.25", "1.00", "3.50").map((amount) => ({ kind: "absolute" as const, amount })),
  fc.constantFrom("0.5", "2").map((percent) => ({ kind: "percent" as const, percent, of: "current" as const })),
);

const anyRules: fc.Arbitrary<LotInput> = fc
  .record({
    format: fc.constantFrom("english_forward", "proxy_forward", "english_reverse", "rank_reverse"),
    visibility: fc.constantFrom<Visibility>("lead", "rank", "traffic", "sealed"),
    stepMin: step,
    stepMax: fc.option(fc.constantFrom("4.00", "9.00").map((amount) => ({ kind: "absolute" as const, amount }))),
    reference: fc.constantFrom("own" as const, "leader" as const, "next_ranked" as const),
    buffers: fc.option(fc.record({ front: fc.constantFrom(null, "2.00"), back: fc.constantFrom(null, "1.50") })),
    tiesAllowed: fc.boolean(),
    tieRule: fc.constantFrom("earlier" as const, "equal_best" as const),
    selfRaise: fc.boolean(),
  })
  .map((rules) => rules as LotInput);

const directionOf = ({ format }: LotInput): "buy" | "sell" => (format?.endsWith("forward") ? "sell" : "buy");

const price = fc.integer({ min: 0, max: 60 }).map((place) => 9_250 + place * 25);
const rivals = fc.array(price, { minLength: 1, maxLength: 3 });

/** Whether all that is refused against some rivals is refused against the others too, or the other way round. */
const isOneSided = (worlds: readonly (readonly string[])[]): boolean => {
  const [some = [], others = []] = worlds.map((answers) => answers.map((answer) => answer !== "accepted"));
  const onlySome = some.some((refused, index) => refused && !others[index]);
  const onlyOthers = others.some((refused, index) => refused && !some[index]);
  return !(onlySome && onlyOthers);
};

test("what can be published tells of a hidden price no more than on which side of one bound an offer lies", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyRules, fc.option(price), fc.tuple(rivals, rivals), (rules, own, worlds) => {
      fc.pre(faultsOfRules(lot(rules).setup.rules, directionOf(rules)).length === 0);
      const [one, other] = worlds.map((prices) => answersTo({ rules, own }, prices));
      // What the bidder sees anyway may differ in what he is answered.
      fc.pre(one !== undefined && other !== undefined && one.standing === other.standing);
      compared += 1;
      const answers = [one?.answers ?? [], other?.answers ?? []];
      expect(isOneSided(answers)).toBe(true);
      for (const [index, answer] of (answers[0] ?? []).entries()) {
        const twin = answers[1]?.[index];
        if (answer !== "accepted" && twin !== "accepted") expect(answer).toBe(twin);
      }
    }),
    { seed: 1337, numRuns: 500, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
}, 30_000);

describe("a search by refusals", () => {
  /** Where the answer becomes another one, sought by halves; all but the last try are refused and cost nothing. */
  function search(rules: LotInput, secret: number): number {
    const auction = lot({ startPrice: "1000.00", ...rules });
    given(auction, bid("A", written(secret), "10:00"));
    let [low, high] = [1, 99_999];
    const ask = (cents: number): string => {
      const by = { companyId: "B", userId: "user-B", at: at("10:01") };
      const decision = decideLive(auction, { type: "submit_bid", lotId, price: written(cents) }, by);
      return decision.kind === "accepted" ? "accepted" : decision.rejection.code;
    };
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const code = ask(middle);
      if (code === "accepted") return middle;
      if (code === "step_too_large") low = middle;
      else high = middle;
    }
    return high;
  }

  const window: LotInput = {
    format: "english_reverse",
    reference: "leader",
    stepMin: { kind: "absolute", amount: "1.00" },
    stepMax: { kind: "absolute", amount: "1.00" },
  };

  test("finds the leader's price where a greatest step is measured from it, so such rules are not published", () => {
    expect(search({ ...window, visibility: "traffic" }, 56_789)).toBe(56_689);
    for (const visibility of hiding)
      expect(faultsOfRules(lot({ ...window, startPrice: "1000", visibility }).setup.rules, "buy")).toEqual([
        { pointer: "/stepMax", rule: "tells_hidden_price" },
      ]);
  });

  test("does not find where below a hidden price the least step begins", () => {
    for (const visibility of hiding) {
      const auction = lot({ ...window, stepMax: null, startPrice: "1000", visibility });
      given(auction, bid("A", "567.89", "10:00"));
      const by = { companyId: "B", userId: "user-B", at: at("10:01") };
      const codes = ["999.00", "567.89", "567.88", "566.90"].map((offer) => {
        const decision = decideLive(auction, { type: "submit_bid", lotId, price: offer }, by);
        return decision.kind === "rejected" ? decision.rejection : "accepted";
      });
      expect(new Set(codes.map((code) => JSON.stringify(code)))).toEqual(
        new Set([JSON.stringify({ code: "not_better_than_reference", pointer: "/price" })]),
      );
      expect(decideLive(auction, { type: "submit_bid", lotId, price: "566.89" }, by).kind).toBe("accepted");
    }
  });
});
