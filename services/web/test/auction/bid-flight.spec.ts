import type { CommandReceipt } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { describe, expect, test } from "vitest";
import type { Bidding } from "../../src/auction/bid-flight.ts";
import { biddingAfter, isPending, newBidding, statusOf } from "../../src/auction/bid-flight.ts";
import { keepBidding, keptBidding } from "../../src/auction/bidding-memory.ts";
import type { BidCarrier } from "../../src/auction/send-bid.ts";
import { askUntilDecided, sendBid } from "../../src/auction/send-bid.ts";
import { ownView } from "./views.ts";

const receipt: CommandReceipt = {
  epoch: 1,
  seq: 9,
  at: "2026-11-22T15:00:00.000125Z",
  result: { bidId: "b-7", leading: true },
};
const accepted: CommandOutcome = { ok: true, receipt };
const refusedWith = (code: string, status = 409): CommandOutcome => ({
  ok: false,
  problem: { type: `urn:kontor:problem:${code}`, title: code, status, code },
});
const sent = { type: "sent", price: "412.50", sentAt: 1, validUntil: "2026-11-22T15:00:10Z" } as const;

function under(...events: readonly Parameters<typeof biddingAfter>[1][]): Bidding {
  return events.reduce(biddingAfter, newBidding("k1"));
}

describe("the life of a bid", () => {
  test("its key is born with the amount, and the same amount keeps it", () => {
    const edited = under({ type: "edited", text: "412.50", newKey: "k2" });
    expect(edited.draft).toEqual({ text: "412.50", key: "k2" });
    expect(biddingAfter(edited, { type: "edited", text: "412.50", newKey: "k3" })).toBe(edited);
    expect(biddingAfter(edited, { type: "edited", text: "412", newKey: "k3" }).draft.key).toBe("k3");
  });

  test("pressed again while under way, it is still one bid", () => {
    const first = under({ type: "edited", text: "412.50", newKey: "k2" }, sent);
    expect(biddingAfter(first, { ...sent, price: "400.00" })).toBe(first);
    expect(first.flight).toMatchObject({ key: "k2", price: "412.50" });
  });

  test("refused, the amount stays and gets another key, for it would be another bid", () => {
    const after = under({ type: "edited", text: "9", newKey: "k2" }, sent, {
      type: "answered",
      key: "k2",
      outcome: refusedWith("step_too_small"),
      newKey: "k3",
    });
    expect(after.draft).toEqual({ text: "9", key: "k3" });
    expect(after.flight?.answer.kind).toBe("rejected");
  });

  test("accepted, the form is empty, unless another amount was typed meanwhile", () => {
    const flying = under({ type: "edited", text: "9", newKey: "k2" }, sent);
    const answer = { type: "answered", key: "k2", outcome: accepted, newKey: "k3" } as const;
    expect(biddingAfter(flying, answer).draft).toEqual({ text: "", key: "k3" });
    const typed = biddingAfter(flying, { type: "edited", text: "8", newKey: "k4" });
    expect(biddingAfter(typed, answer).draft).toEqual({ text: "8", key: "k4" });
    expect(biddingAfter(typed, answer).lastAccepted?.answer).toMatchObject({ kind: "accepted", bidId: "b-7" });
  });

  test("an answer to another bid changes nothing", () => {
    const flying = under({ type: "edited", text: "9", newKey: "k2" }, sent);
    expect(biddingAfter(flying, { type: "answered", key: "old", outcome: accepted, newKey: "k3" })).toBe(flying);
  });

  test("silent, it is unknown until the answer by its key comes", () => {
    const silent = under({ type: "edited", text: "9", newKey: "k2" }, sent, { type: "silent", key: "k2" });
    expect(statusOf(silent, undefined, false)).toBe("unknown");
    expect(isPending(silent)).toBe(true);
    const stillUnknown = {
      type: "answered",
      key: "k2",
      outcome: refusedWith("outcome_unknown", 504),
      newKey: "k3",
    } as const;
    expect(statusOf(biddingAfter(silent, stillUnknown), undefined, false)).toBe("unknown");
    expect(statusOf(biddingAfter(silent, { ...stillUnknown, outcome: accepted }), undefined, false)).toBe("accepted");
  });

  test("accepted is not leading before the lot says so of this very bid", () => {
    const done = under({ type: "edited", text: "9", newKey: "k2" }, sent, {
      type: "answered",
      key: "k2",
      outcome: accepted,
      newKey: "k3",
    });
    const said = (own: Parameters<typeof ownView>[0], hasLed = false) => statusOf(done, ownView(own), hasLed);
    expect(said({ lastBidId: "b-5", standing: "leading" })).toBe("accepted");
    expect(said({ lastBidId: "b-7", standing: "leading" })).toBe("leading");
    expect(said({ lastBidId: "b-7", standing: "behind" })).toBe("not_leading");
    expect(said({ lastBidId: "b-7", standing: "behind" }, true)).toBe("outbid");
  });
});

describe("the memory of a reload", () => {
  const who = { lotId: "lot", userId: "user" };
  function memory() {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
      removeItem: (name: string) => void kept.delete(name),
    };
  }

  test("gives back draft, pending and last bid of this lot and user alone", () => {
    const store = memory();
    const bidding = under({ type: "edited", text: "9", newKey: "k2" }, sent, { type: "silent", key: "k2" });
    keepBidding(store, who, bidding);
    expect(keptBidding(store, who)).toEqual(bidding);
    expect(keptBidding(store, { ...who, userId: "other" })).toBeNull();
  });

  test.each([
    "nonsense",
    "null",
    "[]",
    '{"version":1}',
    '{"version":1,"draft":{"text":1}}',
    '{"version":0,"draft":{}}',
  ])("makes nothing of %s", (text) => {
    const store = memory();
    store.setItem("kontor.bid.user.lot", text);
    expect(keptBidding(store, who)).toBeNull();
  });
});

describe("sending", () => {
  const forever = () => new Promise<never>(() => {});
  function carrier(socket: BidCarrier["overSocket"], ...http: readonly CommandOutcome[]) {
    const asked: string[] = [];
    const answers = [...http];
    const made: BidCarrier = {
      overSocket: socket,
      overHttp: (_, options) => {
        asked.push(String(options?.key));
        return Promise.resolve(answers.shift() ?? accepted);
      },
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    };
    return { made, asked };
  }
  function parcel(signal = new AbortController().signal) {
    const silences: string[] = [];
    const { price, validUntil } = sent;
    return {
      silences,
      made: { lotId: "lot", price, validUntil, key: "k2", signal, onSilence: () => silences.push("k2") },
    };
  }

  test("an answer on the socket is the end of it", async () => {
    const { made, asked } = carrier(() => Promise.resolve(refusedWith("tie_forbidden")));
    const { made: bid, silences } = parcel();
    expect(await sendBid(made, bid)).toMatchObject({ ok: false, problem: { code: "tie_forbidden" } });
    expect([asked, silences]).toEqual([[], []]);
  });

  test("no answer: asked over HTTP by the same key until somebody decides", async () => {
    const { made, asked } = carrier(
      forever,
      refusedWith("outcome_unknown", 504),
      refusedWith("unavailable", 503),
      accepted,
    );
    const { made: bid, silences } = parcel();
    expect(await sendBid(made, bid)).toBe(accepted);
    expect(asked).toEqual(["k2", "k2", "k2"]);
    expect(silences).toEqual(["k2"]);
  });

  test("what is undecided on the socket is asked for, too", async () => {
    const { made, asked } = carrier(() => Promise.resolve(refusedWith("outcome_unknown", 504)));
    expect(await sendBid(made, parcel().made)).toBe(accepted);
    expect(asked).toEqual(["k2"]);
  });

  test("after a reload it is asked for until the page goes", async () => {
    const gone = new AbortController();
    const { made } = carrier(forever, refusedWith("outcome_unknown", 504), refusedWith("command_stale", 422));
    expect(await askUntilDecided(made, parcel().made)).toMatchObject({ problem: { code: "command_stale" } });
    gone.abort();
    const cut = carrier(forever, refusedWith("outcome_unknown", 504));
    expect(await askUntilDecided(cut.made, parcel(gone.signal).made)).toMatchObject({
      problem: { code: "outcome_unknown" },
    });
  });
});
