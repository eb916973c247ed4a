import type { JsonObject, Micros } from "@kontor/kernel";
import { invariant } from "@kontor/kernel";
import { enter, enterVoided } from "./book.ts";
import type { Bid, Bidder, LiveAuction, LiveClock, LiveSetup } from "./live-state.ts";
import { openAuction } from "./open-auction.ts";

/** Everything that does not follow from the setup and the order of bids; amounts as text of minor units. */
type Encoded = {
  readonly setup: LiveSetup;
  readonly aliases: readonly Bidder[];
  readonly clock: Partial<Record<"ends" | "planned" | "pausedAt" | "endedAt" | "extensions", number>>;
  readonly bids: readonly EncodedBid[];
};
type EncodedBid = {
  readonly companyId: string;
  readonly userId: string;
  readonly offer: string;
  /** Left out where it is the offer. */
  readonly shown?: string;
  readonly at: Micros;
  readonly source: Bid["source"];
  readonly void?: true;
};

export function encodeLive({ setup, aliases, clock, book }: LiveAuction): JsonObject {
  const encoded: Encoded = {
    setup,
    aliases: Array.from(aliases, ([companyId, alias]) => ({ companyId, alias })),
    clock: encodeClock(clock),
    bids: book.bids.map((bid) => encodeBid(bid, book.voided.has(bid.number))),
  };
  // Rules hold nulls, which JSON keeps though views may not.
  return encoded as unknown as JsonObject;
}

export function decodeLive(json: JsonObject): LiveAuction {
  const encoded = json as unknown as Encoded;
  const auction = openAuction(encoded.setup);
  for (const { companyId, alias } of encoded.aliases) auction.aliases.set(companyId, alias);
  const { ends, planned, pausedAt, endedAt, extensions } = encoded.clock;
  invariant(extensions !== undefined, "an encoded clock counts its extensions");
  Object.assign(auction.clock, {
    ends: ends ?? null,
    planned: planned ?? null,
    pausedAt: pausedAt ?? null,
    endedAt: endedAt ?? null,
    extensions,
  } satisfies Partial<LiveClock>);
  encoded.bids.forEach((bid, index) => {
    takeBid(auction, bid, index + 1);
  });
  return auction;
}

function encodeClock({ ends, planned, pausedAt, endedAt, extensions }: LiveClock): Encoded["clock"] {
  return {
    ...(ends === null ? {} : { ends }),
    ...(planned === null ? {} : { planned }),
    ...(pausedAt === null ? {} : { pausedAt }),
    ...(endedAt === null ? {} : { endedAt }),
    extensions,
  };
}

function encodeBid({ companyId, userId, offer, shown, at, source }: Bid, isVoid: boolean): EncodedBid {
  return {
    companyId,
    userId,
    offer: offer.toString(),
    ...(shown === offer ? {} : { shown: shown.toString() }),
    at,
    source,
    ...(isVoid ? { void: true } : {}),
  };
}

function takeBid(auction: LiveAuction, encoded: EncodedBid, number: number): void {
  const { companyId, userId, at, source } = encoded;
  const offer = BigInt(encoded.offer);
  const shown = encoded.shown === undefined ? offer : BigInt(encoded.shown);
  const bid: Bid = { number, companyId, userId, offer, shown, at, source };
  if (encoded.void === true) enterVoided(auction, bid);
  else enter(auction, bid);
}
