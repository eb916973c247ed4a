import type { TenderRejection } from "@kontor/protocol";
import { describe, test } from "vitest";
import type { Given, LotInput, Step } from "./given.ts";
import {
  bid,
  bidId,
  buyNow,
  extend,
  given,
  initial,
  instant,
  lot,
  pause,
  proxy,
  resume,
  time,
  voidBid,
} from "./given.ts";

type Case = readonly [name: string, lot: LotInput, given: readonly Step[], when: Step, rejects: TenderRejection];

const priced = { pointer: "/price" } as const;
const reverse: LotInput = { format: "english_reverse", startPrice: "1000", stepMin: { kind: "absolute", amount: "5" } };

const state: readonly Case[] = [
  [
    "a bid before the opening",
    {},
    [],
    bid("A", "100", "08:59:59.999999"),
    { code: "auction_not_open", opensAt: instant("09:00") },
  ],
  ["a bid in a pause", {}, [pause("10:00")], bid("A", "100", "10:01"), { code: "auction_paused" }],
  ["a purchase in a pause", { buyNowPrice: "500" }, [pause("10:00")], buyNow("A", "10:01"), { code: "auction_paused" }],
  ["a second pause", {}, [pause("10:00")], pause("10:01"), { code: "auction_paused" }],
  ["an extension in a pause", {}, [pause("10:00")], extend(instant("16:00"), "10:01"), { code: "auction_paused" }],
  ["resuming what runs", {}, [], resume("10:00"), { code: "auction_not_paused" }],
  [
    "a bid at exactly the end",
    {},
    [],
    bid("A", "100", "15:00"),
    { code: "auction_closed", endedAt: instant("15:00"), lateByMs: 0 },
  ],
  [
    "a bid after the lot was closed, by whole microseconds",
    {},
    [time("15:00:00.000300")],
    bid("A", "100", "15:00:00.000417"),
    { code: "auction_closed", endedAt: instant("15:00"), lateByMs: 0.417 },
  ],
  [
    "resuming a closed lot",
    {},
    [time("15:00")],
    resume("15:00:01"),
    { code: "auction_closed", endedAt: instant("15:00"), lateByMs: 1_000 },
  ],
  [
    "voiding in a closed lot",
    {},
    [bid("A", "100", "10:00"), time("15:00")],
    voidBid(1, "15:00:01"),
    { code: "auction_closed", endedAt: instant("15:00"), lateByMs: 1_000 },
  ],
  ["voiding an unknown bid", {}, [], voidBid(1, "10:00"), { code: "bid_not_found", pointer: "/bidId" }],
  [
    "voiding a bid twice",
    {},
    [bid("A", "100", "10:00"), voidBid(1, "10:01")],
    voidBid(1, "10:02"),
    { code: "bid_already_voided", pointer: "/bidId" },
  ],
  [
    "an extension to the present end",
    {},
    [],
    extend(instant("15:00"), "10:00"),
    { code: "instant_invalid", pointer: "/endsAt", limit: instant("15:00") },
  ],
  [
    "an extension to a day that does not exist",
    {},
    [],
    extend("2031-02-30T10:00:00Z", "10:00"),
    { code: "instant_invalid", pointer: "/endsAt", limit: instant("15:00") },
  ],
  [
    "an extension beyond what a clock can hold",
    {},
    [],
    extend("9999-01-01T00:00:00Z", "10:00"),
    { code: "instant_invalid", pointer: "/endsAt", limit: instant("15:00") },
  ],
];

const form: readonly Case[] = [
  ["no number", {}, [], bid("A", "1e3", "10:00"), { code: "bad_format", ...priced }],
  [
    "a maximum where the format takes none",
    {},
    [],
    proxy("A", "100", "10:00"),
    { code: "bad_format", pointer: "/type", rule: "format" },
  ],
  [
    "too many decimals",
    { startPrice: "100" },
    [],
    bid("A", "150.005", "10:00"),
    { code: "bad_scale", ...priced, scale: 2, nearest: "150.01" },
  ],
  [
    "zero",
    { startPrice: "100" },
    [],
    bid("A", "0.00", "10:00"),
    { code: "non_positive", ...priced, limit: "0.00", nearest: "100.00" },
  ],
  [
    "less than zero",
    reverse,
    [],
    bid("A", "-5", "10:00"),
    { code: "non_positive", ...priced, limit: "0.00", nearest: "0.01" },
  ],
];

const limits: readonly Case[] = [
  [
    "above a forward lot's ceiling",
    { startPrice: "100", ceilingPrice: "500" },
    [],
    bid("A", "500.01", "10:00"),
    { code: "above_ceiling", ...priced, limit: "500.00", nearest: "500.00" },
  ],
  [
    "above a reverse lot's start price",
    reverse,
    [],
    bid("A", "1000.01", "10:00"),
    { code: "above_ceiling", ...priced, limit: "1000.00", nearest: "1000.00" },
  ],
  [
    "below a reverse lot's floor",
    { ...reverse, floorPrice: "400" },
    [],
    bid("A", "399.99", "10:00"),
    { code: "below_floor", ...priced, limit: "400.00", nearest: "400.00" },
  ],
  [
    "below the opening",
    { startPrice: "100" },
    [],
    bid("A", "99.99", "10:00"),
    { code: "below_opening", ...priced, limit: "100.00", nearest: "100.00" },
  ],
  [
    "below the opening when bids stand: the first rule that fails is named, the nearest price keeps them all",
    { startPrice: "100" },
    [bid("A", "120", "10:00")],
    bid("B", "99", "10:01"),
    { code: "below_opening", ...priced, limit: "100.00", nearest: "121.00" },
  ],
  [
    "off the grid",
    { startPrice: "100", grid: "2.50" },
    [],
    bid("A", "113", "10:00"),
    { code: "not_on_grid", ...priced, limit: "2.50", nearest: "112.50" },
  ],
  [
    "off the grid under a ceiling that is off it too",
    { startPrice: "100", grid: "2.50", ceilingPrice: "111" },
    [],
    bid("A", "110.90", "10:00"),
    { code: "not_on_grid", ...priced, limit: "2.50", nearest: "110.00" },
  ],
  [
    "a floor that leaves no room for another step",
    { ...reverse, floorPrice: "400" },
    [bid("A", "403", "10:00")],
    bid("B", "399", "10:01"),
    { code: "below_floor", ...priced, limit: "400.00" },
  ],
  ["buying at once where no price is set", {}, [], buyNow("A", "10:00"), { code: "buy_now_unavailable" }],
  [
    "buying at once after a bid without reserve",
    { buyNowPrice: "500" },
    [bid("A", "100", "10:00")],
    buyNow("B", "10:01"),
    { code: "buy_now_unavailable" },
  ],
  [
    "buying at once after a bid that meets the reserve",
    { buyNowPrice: "500", reserve: { price: "300", shown: false } },
    [bid("A", "300", "10:00")],
    buyNow("B", "10:01"),
    { code: "buy_now_unavailable" },
  ],
];

const relative: readonly Case[] = [
  [
    "the leader raising himself",
    {},
    [bid("A", "100", "10:00")],
    bid("A", "200", "10:01"),
    { code: "already_leading", ...priced },
  ],
  [
    "the leader undercutting himself",
    reverse,
    [bid("A", "900", "10:00")],
    bid("A", "800", "10:01"),
    { code: "already_leading", ...priced },
  ],
  [
    "one's own forward price",
    { selfRaise: true },
    [bid("A", "100", "10:00")],
    bid("A", "100", "10:01"),
    { code: "not_better_than_own", ...priced, limit: "100.00", nearest: "101.00" },
  ],
  [
    "a proxy maximum below one's own",
    { format: "proxy_forward" },
    [proxy("A", "100", "10:00")],
    proxy("A", "100", "10:01"),
    { code: "not_better_than_own", pointer: "/maximum", limit: "100.00", nearest: "100.01" },
  ],
  [
    "one's own reverse price",
    { ...reverse, reference: "own" },
    [bid("A", "900", "10:00"), bid("B", "800", "10:01")],
    bid("A", "900", "10:02"),
    { code: "not_better_than_own", ...priced, limit: "900.00", nearest: "895.00" },
  ],
  [
    "the leader's price",
    reverse,
    [bid("A", "900", "10:00")],
    bid("B", "900", "10:01"),
    { code: "not_better_than_reference", ...priced, limit: "900.00", nearest: "895.00" },
  ],
  [
    "the next-ranked bidder's price",
    { ...reverse, reference: "next_ranked" },
    [bid("A", "900", "10:00"), bid("B", "880", "10:01"), bid("C", "860", "10:02")],
    bid("A", "882", "10:03"),
    { code: "not_better_than_reference", ...priced, limit: "880.00", nearest: "875.00" },
  ],
  [
    "inside the front buffer",
    { ...reverse, reference: "own", buffers: { front: "10", back: "10" } },
    [bid("A", "900", "10:00"), bid("B", "950", "10:01")],
    bid("B", "892", "10:02"),
    { code: "not_better_than_reference", ...priced, rule: "front", limit: "890.00", nearest: "890.00" },
  ],
  [
    "inside the back buffer",
    { ...reverse, reference: "own", buffers: { front: "10", back: "10" } },
    [bid("A", "900", "10:00"), bid("B", "950", "10:01")],
    bid("B", "907", "10:02"),
    { code: "not_better_than_reference", ...priced, rule: "back", limit: "910.00", nearest: "910.00" },
  ],
  [
    "a competitor's price where ties are forbidden",
    { ...reverse, reference: "own", tiesAllowed: false },
    [bid("A", "900", "10:00"), bid("C", "899.99", "10:01")],
    bid("B", "900", "10:02"),
    { code: "tie_forbidden", ...priced, limit: "900.00", nearest: "900.01" },
  ],
  [
    "a step below the forward minimum",
    { stepMin: { kind: "absolute", amount: "10" } },
    [bid("A", "100", "10:00")],
    bid("B", "109.99", "10:01"),
    { code: "step_too_small", ...priced, limit: "110.00", nearest: "110.00" },
  ],
  [
    "the leader's own forward step",
    { selfRaise: true, stepMin: { kind: "absolute", amount: "10" } },
    [bid("A", "100", "10:00")],
    bid("A", "105", "10:01"),
    { code: "step_too_small", ...priced, limit: "110.00", nearest: "110.00" },
  ],
  [
    "a reverse step below the minimum",
    { ...reverse, reference: "own" },
    [bid("A", "900", "10:00"), bid("B", "800", "10:01")],
    bid("A", "895.01", "10:02"),
    { code: "step_too_small", ...priced, limit: "895.00", nearest: "895.00" },
  ],
  [
    "a step above the forward maximum",
    { stepMax: { kind: "absolute", amount: "50" } },
    [bid("A", "100", "10:00")],
    bid("B", "150.01", "10:01"),
    { code: "step_too_large", ...priced, limit: "150.00", nearest: "150.00" },
  ],
  [
    "a step above the reverse maximum",
    { ...reverse, stepMax: { kind: "absolute", amount: "50" } },
    [bid("A", "900", "10:00")],
    bid("B", "849.99", "10:01"),
    { code: "step_too_large", ...priced, limit: "850.00", nearest: "850.00" },
  ],
];

function run([, rules, before, when, rejects]: Case): Given {
  return given(lot(rules), ...before)
    .when(when)
    .rejects(rejects);
}

describe("state refuses", () => test.each(state)("%s", (...args) => void run(args)));
describe("format refuses", () => test.each(form)("%s", (...args) => void run(args)));
describe("absolute limits refuse", () => test.each(limits)("%s", (...args) => void run(args)));
describe("relative limits refuse", () => test.each(relative)("%s", (...args) => void run(args)));

describe("of several reasons the first by precedence is named", () => {
  const crowded: LotInput = { ...reverse, floorPrice: "400", grid: "5", selfRaise: false };
  test.each<Case>([
    ["state before format", crowded, [pause("10:00")], bid("A", "x", "10:01"), { code: "auction_paused" }],
    [
      "format before limits",
      crowded,
      [],
      bid("A", "2000.001", "10:01"),
      { code: "bad_scale", ...priced, scale: 2, nearest: "1000.00" },
    ],
    [
      "limits before the grid",
      crowded,
      [],
      bid("A", "1001", "10:01"),
      { code: "above_ceiling", ...priced, limit: "1000.00", nearest: "1000.00" },
    ],
    [
      "the grid before the leader's own bid",
      crowded,
      [bid("A", "900", "10:00")],
      bid("A", "801", "10:01"),
      { code: "not_on_grid", ...priced, limit: "5.00" },
    ],
    [
      "one's own price before the reference",
      crowded,
      [initial("A", 50_000n), initial("B", 90_000n)],
      bid("B", "950", "10:01"),
      { code: "not_better_than_own", ...priced, limit: "900.00", nearest: "495.00" },
    ],
    [
      "a missing bid before a closed lot",
      crowded,
      [time("15:00")],
      voidBid(7, "15:01"),
      { code: "bid_not_found", pointer: "/bidId" },
    ],
  ])("%s", (...args) => void run(args));
});

test("a refused bid leaves no number behind", () => {
  given(lot({ startPrice: "100" }))
    .when(bid("A", "90", "10:00"))
    .rejects({ code: "below_opening", ...priced, limit: "100.00", nearest: "100.00" })
    .when(bid("A", "100", "10:01"))
    .yields({ bidId: bidId(1) });
});
