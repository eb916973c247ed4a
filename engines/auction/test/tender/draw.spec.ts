import { sha256Hex } from "@kontor/kernel";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { dates, day, lotId, lotTerms, rules, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, admitted, owner, published } from "./venue.ts";

/* What a reader of the views alone can check of the draws, and when. */

const durationMs = 600_000;
const softClose = { ...rules().softClose, variant: "random_end", extensionMs: 600_000 } as const;
const drawn = terms({
  procedure: { standstillMs: day },
  lots: [lotTerms({ rules: rules({ reference: "own", tieRule: "draw", softClose }) })],
});
const bidders = ["ada", "bob", "cid"];

function everythingShown(place: Venue): string {
  const streams = [`tender:${tenderId}`, `lot:${lotId(1)}`].map((stream) => tenderEngine.views(place.state(), stream));
  const replies = place.entries.map(({ command, decision }) =>
    decision.kind === "accepted" ? tenderEngine.reply(command, decision.events) : decision.rejection,
  );
  return JSON.stringify([streams.map((views) => ({ ...views, own: [...(views?.own ?? [])] })), replies]);
}

/** Three equal bids, an end that nobody saw coming, and an award. */
function untilAward(): Venue {
  const place = admitted(bidders, drawn);
  place.moveTo(at(dates.auctionOpensAt));
  for (const bidder of bidders) accepted(place.by(bidder, "submit_bid", { price: "9000" }));
  place.pass(2 * durationMs);
  accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
  return place;
}

function untilEnd(): Venue {
  const place = untilAward();
  place.pass(day);
  const { companyId = "" } = place.lotFor("owner").contract ?? {};
  accepted(place.by(owner, "sign_contract", { contractId: `${lotId(1)}-c1` }));
  accepted(place.by(companyId, "sign_contract", { contractId: `${lotId(1)}-c1` }));
  return place;
}

const secretOf = (place: Venue): string => place.state().tender?.secret ?? "";

describe("the secret of the draws", () => {
  test("is committed to with the notice, before anybody can bid", () => {
    const place = published(drawn);
    for (const audience of ["public", "participant", "owner"] as const)
      expect(place.tender()[audience]).toMatchObject({ drawCommitment: sha256Hex(secretOf(place)) });
  });

  test("is shown to nobody before the tender has ended, and to everybody then", () => {
    const early = untilAward();
    expect(early.notice().phase).toBe("standstill");
    expect(everythingShown(early)).not.toContain(secretOf(early));
    const late = untilEnd();
    for (const audience of ["public", "participant", "owner"] as const)
      expect(late.tender()[audience]).toMatchObject({ phase: "complete", drawSecret: secretOf(late) });
  });

  test("stays a secret in a tender that is cancelled, which has no result to check", () => {
    const place = untilAward();
    accepted(place.by(owner, "cancel_tender", { reason: "no funds" }));
    expect(everythingShown(place)).not.toContain(secretOf(place));
  });
});

test("from what is public at the end anybody computes the same winner and the same end", () => {
  const place = untilEnd();
  const { drawSecret = "", drawCommitment } = place.notice();
  expect(sha256Hex(drawSecret)).toBe(drawCommitment);
  const bidIds = bidders.map((_, index) => `${lotId(1)}-b${index + 1}`);
  const order = bidIds.toSorted((a, b) =>
    sha256Hex(`${drawSecret}:${lotId(1)}:${a}`) < sha256Hex(`${drawSecret}:${lotId(1)}:${b}`) ? -1 : 1,
  );
  const winner = bidders[bidIds.indexOf(order[0] ?? "")];
  expect(place.lotFor("public").result).toMatchObject({ outcome: "sold", winnerCompanyId: winner });

  const choices = BigInt(durationMs * 1_000 + 1);
  const delay = Number((BigInt(`0x${sha256Hex(`${drawSecret}:${lotId(1)}:end`)}`) * choices) >> 256n);
  const planned = at(dates.auctionOpensAt) + durationMs * 1_000;
  expect(at(place.lotFor("public").endsAt ?? "")).toBe(planned + delay);
});
