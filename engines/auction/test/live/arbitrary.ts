import type { LotRulesInput } from "@kontor/protocol";
import fc from "fast-check";
import type { LotInput } from "./given.ts";

/* Small worlds in which every rule bites often: prices around 100 to 300, six bidders, steps of a few units. */

const amount = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((value) => (value / 100).toFixed(2));

const step: fc.Arbitrary<LotRulesInput["stepMin"]> = fc.oneof(
  fc.record({ kind: fc.constant("absolute" as const), amount: amount(1, 900) }),
  fc.record({
    kind: fc.constant("percent" as const),
    percent: fc.constantFrom("0.1", "0.5", "2", "7.3333"),
    of: fc.constantFrom("current" as const, "start" as const),
  }),
  fc.record({
    kind: fc.constant("table" as const),
    rows: fc.array(fc.record({ from: amount(0, 30_000), amount: amount(1, 900) }), { minLength: 1, maxLength: 4 }),
  }),
);

const softClose: fc.Arbitrary<LotRulesInput["softClose"]> = fc.record({
  variant: fc.constantFrom("none", "extend_from_bid", "reset_in_window", "fixed_add", "restart", "random_end"),
  windowMs: fc.constantFrom(60_000, 600_000),
  extensionMs: fc.constantFrom(60_000, 300_000),
  trigger: fc.constantFrom("any_bid", "leader_change", "top_change"),
  topCount: fc.integer({ min: 1, max: 3 }),
  capMs: fc.constantFrom(null, 0, 600_000),
});

const shared = {
  stepMin: step,
  stepMax: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant("absolute" as const), amount: amount(1_500, 6_000) }),
      fc.record({
        kind: fc.constant("percent" as const),
        percent: fc.constantFrom("9.3333", "20"),
        of: fc.constantFrom("current" as const, "start" as const),
      }),
    ),
  ),
  grid: fc.constantFrom(null, null, "0.50", "2.50"),
  reserve: fc.option(fc.record({ price: amount(10_000, 25_000), shown: fc.boolean() })),
  buffers: fc.option(fc.record({ front: fc.option(amount(1, 800)), back: fc.option(amount(1, 800)) })),
  tieRule: fc.constantFrom("earlier" as const, "equal_best" as const, "equal_worst" as const, "draw" as const),
  tiesAllowed: fc.boolean(),
  selfRaise: fc.boolean(),
  clock: fc.constantFrom("opening" as const, "first_bid" as const),
  softClose,
};

const forward = fc.record({
  format: fc.constantFrom("english_forward" as const, "proxy_forward" as const),
  startPrice: fc.constant("100.00"),
  ceilingPrice: fc.constantFrom(null, "290.00"),
  buyNowPrice: fc.constantFrom(null, null, null, "260.00"),
  ...shared,
});

const reverse = fc.record({
  format: fc.constantFrom("english_reverse" as const, "rank_reverse" as const),
  startPrice: fc.constant("300.00"),
  floorPrice: fc.constantFrom(null, "40.00"),
  reference: fc.constantFrom("own" as const, "leader" as const, "next_ranked" as const),
  ...shared,
});

export const anyLot: fc.Arbitrary<LotInput> = fc
  .oneof(forward, reverse)
  .map((rules): LotInput => ({ ...rules, visibility: "full", ends: rules.clock === "opening" ? "15:00" : null }));

export type Act =
  | { readonly kind: "bid" | "proxy"; readonly companyId: string; readonly aim: number; readonly waitUs: number }
  | { readonly kind: "buy_now" | "exclude"; readonly companyId: string; readonly waitUs: number }
  | { readonly kind: "pause" | "resume" | "outage"; readonly waitUs: number }
  | { readonly kind: "extend"; readonly byUs: number; readonly waitUs: number }
  | { readonly kind: "void"; readonly pick: number; readonly waitUs: number };

const waitUs = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 180_000_000 }));
const companyId = fc.constantFrom("A", "B", "C", "D", "E", "F");

/** `aim` places a bid between a worst and a best price, in thousandths; a few aims lie outside. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constantFrom("bid" as const, "bid" as const, "proxy" as const),
      companyId,
      aim: fc.oneof(
        fc.integer({ min: -50, max: 1_050 }),
        fc.integer({ min: 0, max: 15 }).map((tenth) => tenth * 55),
      ),
      waitUs,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("buy_now" as const), companyId, waitUs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("exclude" as const), companyId, waitUs }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "pause" as const,
        "resume" as const,
        "resume" as const,
        "resume" as const,
        "outage" as const,
      ),
      waitUs,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("extend" as const),
      byUs: fc.integer({ min: -10, max: 600_000_000 }),
      waitUs,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("void" as const), pick: fc.nat({ max: 30 }), waitUs }) },
);
