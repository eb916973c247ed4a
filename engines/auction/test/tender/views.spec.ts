import { applyMergePatch, limits, mergePatchOf } from "@kontor/kernel";
import type { TenderView } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { hour, lotId, lotTerms, rules, tenderId, terms } from "./given.ts";
import { accepted, admitted, opened, owner, published } from "./venue.ts";

const two = terms({ lots: [lotTerms(), lotTerms()] });
const [tenderStream, first, second] = [`tender:${tenderId}`, `lot:${lotId(1)}`, `lot:${lotId(2)}`];

describe("streams that change", () => {
  test("with a bid are its lot's alone", () => {
    const place = opened(["ada", "bob"], two);
    const streams = (answer: { events: Parameters<typeof tenderEngine.streamsOf>[1] }) =>
      tenderEngine.streamsOf(place.state(), answer.events);
    expect(streams(place.by("ada", "submit_bid", { price: "9000" }))).toEqual([first]);
    expect(streams(place.by(owner, "void_bid", { bidId: `${lotId(1)}-b1`, reason: "typo" }))).toEqual([first]);
    expect(streams(place.by(owner, "pause_lot", { lot: 2, reason: "?" }))).toEqual([tenderStream, second]);
    expect(streams(place.by("cid", "ask_question", { text: "?" }))).toEqual([]);
  });

  test("with an admission are all, with a question the tender's", () => {
    const place = published(two);
    const streams = (answer: { events: Parameters<typeof tenderEngine.streamsOf>[1] }) =>
      tenderEngine.streamsOf(place.state(), answer.events);
    expect(streams(place.by("ada", "request_admission"))).toEqual([tenderStream, first, second]);
    expect(streams(place.by("ada", "ask_question", { text: "?" }))).toEqual([tenderStream]);
  });

  test("with an extension in a serial schedule are those of all lots", () => {
    const place = opened(
      ["ada"],
      terms({ procedure: { schedule: { mode: "serial", gapMs: 0 } }, lots: [lotTerms(), lotTerms()] }),
    );
    place.pass(9 * 60_000);
    const { events } = place.by("ada", "submit_bid", { price: "9000" });
    expect(tenderEngine.streamsOf(place.state(), events)).toEqual([first, tenderStream, second]);
  });

  test("are exactly those whose views differ", () => {
    const place = admitted(["ada", "bob"], two);
    const streams = [tenderStream, first, second];
    const all = () => new Map(streams.map((stream) => [stream, tenderEngine.views(place.state(), stream)]));
    const texts = () =>
      new Map(
        [...all()].map(([stream, views]) => [stream, JSON.stringify({ ...views, own: [...(views?.own ?? [])] })]),
      );
    let before = texts();
    place.pass(0);
    for (const wake of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const seen = place.entries.length;
      place.moveTo(tenderEngine.wakeAt(place.state()) ?? place.now() + wake);
      const events = place.entries
        .slice(seen)
        .flatMap(({ decision }) => (decision.kind === "accepted" ? decision.events : []));
      const now = texts();
      const told = tenderEngine.streamsOf(place.state(), events);
      for (const stream of streams) if (now.get(stream) !== before.get(stream)) expect(told).toContain(stream);
      before = now;
    }
  });
});

describe("unchanged parts", () => {
  test("are the same objects", () => {
    const place = opened(["ada", "bob", "cid"], two);
    const before = { tender: place.tender(), lot: place.lot(1), other: place.lot(2) };
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    expect(place.lot(2).participant).toBe(before.other.participant);
    expect(place.lot(2).own.get("ada")).toBe(before.other.own.get("ada"));
    expect(place.lot(1).participant).not.toBe(before.lot.participant);
    for (const section of ["procedure", "calendar", "suppliers", "questions", "amendments"])
      expect(place.tender().owner?.[section]).toBe(before.tender.owner?.[section]);
    const lots = (views: typeof before.tender) => views.participant?.["lots"] as Record<string, unknown>;
    expect(lots(place.tender())[lotId(2)]).toBe(lots(before.tender)[lotId(2)]);
  });

  test("make patches small, and patches lead from view to view", () => {
    const place = opened(["ada", "bob", "cid"], two);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    let before = place.lot(1).participant ?? {};
    for (const [company, price] of [
      ["bob", "8900"],
      ["cid", "8800"],
      ["ada", "8700"],
    ] as const) {
      accepted(place.by(company, "submit_bid", { price }));
      const after = place.lot(1).participant ?? {};
      const patch = mergePatchOf(before, after);
      expect(Object.keys(patch ?? {}).sort()).not.toContain("title");
      expect(applyMergePatch(before, patch)).toEqual(after);
      before = after;
    }
  });
});

test("the cap of a soft close is shown although nobody wrote one", () => {
  const lots = [lotTerms(), lotTerms({ rules: rules({ softClose: { ...rules().softClose, variant: "none" } }) })];
  const place = published(terms({ lots }));
  for (const audience of ["owner", "participant", "public"] as const) {
    const view = place.tender()[audience] as unknown as TenderView;
    const capOf = (number: number) => view.lots[lotId(number)]?.terms.rules?.softClose?.capMs;
    expect([capOf(1), capOf(2)]).toEqual([limits.softCloseCapMs, undefined]);
  }
});

test("there are no streams but the tender's and its lots'", () => {
  const place = published();
  for (const stream of ["tender:other", `lot:${lotId(2)}`, lotId(1), "me", ""])
    expect(tenderEngine.views(place.state(), stream)).toBeNull();
});

test("replies depend on the entry alone", () => {
  const place = opened(["ada", "bob"]);
  accepted(place.by("ada", "submit_bid", { price: "9000" }));
  place.pass(hour);
  for (const { command, decision } of place.entries) {
    if (decision.kind !== "accepted") continue;
    const copy = JSON.parse(JSON.stringify({ command, events: decision.events }));
    expect(tenderEngine.reply(copy.command, copy.events)).toEqual(tenderEngine.reply(command, decision.events));
  }
});

test("names what the host needs to know", () => {
  expect(tenderEngine.mechanism).toBe("tender");
  expect(tenderEngine.tick()).toEqual({ type: "advance_time" });
  expect(tenderEngine.outage(1, 2)).toEqual({ type: "report_outage", from: 1, to: 2 });
});
