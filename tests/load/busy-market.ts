import type { JournalEntry, JournalStore } from "@kontor/db";
import { encodeEntries, segmentHash } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import { exchangeEngine } from "@kontor/matching";

import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import type { Random } from "@kontor/testkit";
import { at, createRandom, drive, marketplace, memberOf, operatorOf, wheatTerms } from "@kontor/testkit";

export const instrumentId = "0192f0a0-0000-7000-8000-00000000000a";
const members = Array.from({ length: 40 }, (_, index) =>
  memberOf(`0192f0a0-0000-7000-8000-0000000001${String(index).padStart(2, "0")}`),
);

const terms = wheatTerms({
  grade: "Milling wheat",
  quantityStep: "0.04",
  minPrice: "190",
  maxPrice: "230",
  maxQuantity: "50",
  reference: "210",
  fees: { makerBps: -1, takerBps: 3, auctionBps: 2 },
});

type Decided = ReturnType<typeof drive<unknown, unknown, unknown, unknown>>["entries"][number];

export type BusyMarket = {
  /** Decides so many commands of members: nine in ten are orders, the rest cancel one of the latest. */
  readonly next: (commands: number) => readonly JournalEntry[];
};

/** One instrument that trades without a pause; the same for the same seed. */
export function createBusyMarket(seed: number): BusyMarket {
  const random = createRandom(seed);
  const driven = drive(exchangeEngine, at("2031-03-03T08:00:00Z"));
  const owners: Actor[] = [];
  let taken = 0;
  const open = [
    ["draft_instrument", { marketplaceId: marketplace, terms: InstrumentTerms.parse(terms) }],
    ["list_instrument", { expectedVersion: 1 }],
    ["set_phase", { phase: "continuous", reason: "It opens." }],
  ] as const;
  for (const [type, asked] of open)
    driven.send(exchangeCommands[type].parse({ type, instrumentId, ...asked }), operatorOf());

  function cancelOneOf(latest: number): void {
    const number = Math.max(1, owners.length - random.below(latest));
    const orderId = `${instrumentId}-o${number}`;
    const command = exchangeCommands.cancel_order.parse({ type: "cancel_order", instrumentId, orderId });
    driven.send(command, owners[number - 1] ?? random.pick(members));
  }

  function order(): void {
    const actor = random.pick(members);
    const { events } = driven.send(orderBy(random), actor);
    if (events.some(({ type }) => type === "order_accepted")) owners.push(actor);
  }

  return {
    next(commands) {
      for (let sent = 0; sent < commands; sent++) {
        driven.pass(random.below(2));
        if (owners.length > 0 && random.next() < 0.1) cancelOneOf(60);
        else order();
      }
      const entries = driven.entries.slice(taken).map((entry, index) => entryOf(entry, taken + index + 1));
      taken = driven.entries.length;
      return entries;
    },
  };
}

function entryOf({ at: stamp, command, actor, entropy, decision }: Decided, seq: number): JournalEntry {
  const key = `0192f0a0-bbbb-7000-8000-${String(seq).padStart(12, "0")}`;
  const made = { seq, at: stamp, actor, key, fingerprint: `fingerprint${seq}`, command };
  const head = entropy === null ? made : { ...made, entropy };
  return decision.kind === "accepted"
    ? { ...head, events: decision.events }
    : { ...head, rejection: decision.rejection };
}

function orderBy(random: Random) {
  const side = random.next() < 0.5 ? "buy" : "sell";
  const away = random.below(5) - 1;
  const price = String(210 + (side === "buy" ? -away : away) / 4);
  const quantity = ((1 + random.below(250)) * 0.04).toFixed(2);
  return exchangeCommands.submit_order.parse({ type: "submit_order", instrumentId, side, price, quantity });
}

const entriesPerSegment = 100;

/** Appends entries as a trading host does, a hundred in a segment. */
export async function createPen(journal: JournalStore): Promise<(entries: readonly JournalEntry[]) => Promise<number>> {
  const shard = instrumentId;
  await journal.createShard(shard, "exchange");
  const { epoch, headHash } = await journal.claim(shard, "bench");
  let prevHash = headHash;
  let lastSeq = 0;
  return async (entries) => {
    for (let start = 0; start < entries.length; start += entriesPerSegment) {
      const some = entries.slice(start, start + entriesPerSegment);
      const bytes = encodeEntries(some);
      const header = { shard, epoch, firstSeq: lastSeq + 1, lastSeq: lastSeq + some.length };
      const hash = segmentHash(prevHash, header, bytes);
      await journal.append([{ ...header, entries: bytes, prevHash, hash }]);
      lastSeq = header.lastSeq;
      prevHash = hash;
    }
    return lastSeq;
  };
}
