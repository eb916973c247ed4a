import type { Decision, Engine, JsonObject, Micros, StreamViews } from "@kontor/kernel";
import { accept, reject } from "@kontor/kernel";
import type { ProblemCode } from "@kontor/protocol";
import { mechanismOf, mechanismsOf } from "../src/index.ts";

/* A sale of one thing to the highest bidder until a fixed time: small enough to be foretold by a test. */

export type ToyCommand =
  | { readonly type: "open_sale"; readonly closesAt: Micros }
  | { readonly type: "place_bid"; readonly price: number }
  | { readonly type: "add_note"; readonly text: string }
  | { readonly type: "finish_sale" }
  | { readonly type: "fail_decide" }
  | { readonly type: "fail_evolve"; readonly note?: number }
  | { readonly type: "advance_time" }
  | { readonly type: "report_outage"; readonly from: Micros; readonly to: Micros };

export type ToyEvent =
  | { readonly type: "sale_opened"; readonly owner: string; readonly closesAt: Micros; readonly secret: string }
  | { readonly type: "bid_placed"; readonly number: number; readonly company: string; readonly price: number }
  | { readonly type: "note_added"; readonly text: string }
  | { readonly type: "sale_closed"; readonly bids: number }
  | { readonly type: "sale_extended"; readonly closesAt: Micros }
  | { readonly type: "sale_finished" }
  | { readonly type: "evolve_failed" };

export type ToyRejection = { readonly code: ProblemCode; readonly limit?: number; readonly lateByMs?: number };

export type ToyState = {
  phase: "none" | "open" | "closed" | "finished";
  owner: string;
  closesAt: Micros;
  secret: string;
  best: number;
  leader: string;
  bids: number;
  notes: string[];
  prices: Map<string, number>;
};

/** Shortest gap that moves the close, and by how much at least. */
const toyOutage = { thresholdMs: 10_000, graceMs: 60_000 };
export const toyMarket = "market-1";

function decide(state: ToyState, { command, at, actor, entropy }: Parameters<typeof toyEngine.decide>[1]) {
  if (actor.kind !== "system" && actor.marketplaceId !== toyMarket)
    return reject({ code: "tender_not_found" } as const);
  if (command.type === "open_sale") {
    if (state.phase !== "none") return reject({ code: "tender_exists" } as const);
    const owner = actor.companyId ?? actor.userId;
    return accept({ type: "sale_opened", owner, closesAt: command.closesAt, secret: entropy ?? "" } as const);
  }
  if (state.phase === "none") return reject({ code: "tender_not_found" } as const);
  if (state.phase === "finished") return reject({ code: "tender_finished" } as const);
  switch (command.type) {
    case "place_bid":
      return decideBid(state, { price: command.price, at, company: actor.companyId ?? actor.userId });
    case "add_note":
      return accept({ type: "note_added", text: command.text } as const);
    case "finish_sale":
      return accept({ type: "sale_finished" } as const);
    case "fail_decide":
      throw new Error("decide failed");
    case "fail_evolve":
      return accept({ type: "evolve_failed" } as const);
    case "advance_time":
      if (state.phase !== "open" || at < state.closesAt) return reject({ code: "nothing_due" } as const);
      return accept({ type: "sale_closed", bids: state.bids } as const);
    case "report_outage": {
      const down = command.to - command.from;
      if (state.phase !== "open" || down < toyOutage.thresholdMs * 1_000)
        return reject({ code: "nothing_due" } as const);
      const closesAt = command.to + Math.max(toyOutage.graceMs * 1_000, down);
      if (closesAt <= state.closesAt) return reject({ code: "nothing_due" } as const);
      return accept({ type: "sale_extended", closesAt } as const);
    }
  }
}

function decideBid(state: ToyState, bid: { price: number; at: Micros; company: string }) {
  if (state.phase === "closed" || bid.at >= state.closesAt) {
    return reject({ code: "auction_closed", lateByMs: (bid.at - state.closesAt) / 1_000 } as const);
  }
  if (bid.price <= state.best) return reject({ code: "not_better_than_reference", limit: state.best } as const);
  const { company, price } = bid;
  return accept({ type: "bid_placed", number: state.bids + 1, company, price } as const);
}

function evolve(state: ToyState, event: ToyEvent): ToyState {
  switch (event.type) {
    case "sale_opened":
      return Object.assign(state, {
        phase: "open",
        owner: event.owner,
        closesAt: event.closesAt,
        secret: event.secret,
      });
    case "bid_placed":
      state.prices.set(event.company, event.price);
      return Object.assign(state, { best: event.price, leader: event.company, bids: event.number });
    case "note_added":
      state.notes.push(event.text);
      return state;
    case "sale_closed":
      return Object.assign(state, { phase: "closed" });
    case "sale_extended":
      return Object.assign(state, { closesAt: event.closesAt });
    case "sale_finished":
      return Object.assign(state, { phase: "finished" });
    case "evolve_failed":
      throw new Error("evolve failed");
  }
}

function views(state: ToyState, stream: string): StreamViews | null {
  if (stream !== "sale" || state.phase === "none") return null;
  const { phase, closesAt, bids, best, leader, owner } = state;
  const shared = { phase, closesAt, ...(bids > 0 ? { best } : {}) };
  return {
    marketplaceId: toyMarket,
    ownerCompanyId: owner,
    public: shared,
    participant: { ...shared, bids },
    owner: { ...shared, bids, ...(bids > 0 ? { leader } : {}) },
    own: new Map([...state.prices].map(([company, price]) => [company, { price, leads: company === leader }])),
  };
}

export const toyEngine: Engine<ToyState, ToyCommand, ToyEvent, ToyRejection> = {
  mechanism: "toy",
  schemaVersion: 1,
  unrecorded: new Set(["tender_not_found"]),
  create: () => ({
    phase: "none",
    owner: "",
    closesAt: 0,
    secret: "",
    best: 0,
    leader: "",
    bids: 0,
    notes: [],
    prices: new Map(),
  }),
  decide: decide as (...input: Parameters<typeof toyEngine.decide>) => Decision<ToyEvent, ToyRejection>,
  evolve,
  reply: (command, events) => ({ done: command.type, events: events.map(({ type }) => type) }),
  wakeAt: ({ phase, closesAt }) => (phase === "open" ? closesAt : null),
  tick: () => ({ type: "advance_time" }),
  outage: (from, to) => ({ type: "report_outage", from, to }),
  isFinished: ({ phase }) => phase === "finished",
  streamsOf: (_state, events) => (events.some(({ type }) => type !== "note_added") ? ["sale"] : []),
  views,
  encode: ({ prices, ...rest }) => ({ ...rest, prices: [...prices].map(([company, price]) => [company, price]) }),
  decode: (encoded) => {
    const { prices, ...rest } = encoded as JsonObject & { prices: [string, number][] };
    return { ...rest, prices: new Map(prices) } as ToyState;
  },
};

export const toyMechanism = mechanismOf(toyEngine);
export const toyMechanisms = mechanismsOf([toyMechanism]);
