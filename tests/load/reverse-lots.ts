import { randomUUID } from "node:crypto";
import type { Bus, CommandAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor, Clock } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { TenderCommand } from "@kontor/protocol";
import { TenderTerms } from "@kontor/protocol";
import { memberOf } from "@kontor/testkit";

/** A wall clock that a bench may move forward, so that auctions open at once. */
export type BenchClock = Clock & { readonly skip: (seconds: number) => void };

export function createBenchClock(): BenchClock {
  let offset = Date.now() * 1_000 - Math.floor(performance.now() * 1_000);
  return {
    now: () => Math.floor(performance.now() * 1_000) + offset,
    skip(seconds) {
      offset += seconds * 1_000_000;
    },
  };
}

/** An open English reverse auction and the companies that may bid in it. */
export type ReverseLot = {
  readonly shard: string;
  readonly lotId: string;
  readonly bidders: readonly Actor[];
  /** The next bid that will be accepted, by the next company in turn. */
  readonly nextBid: () => { readonly command: TenderCommand; readonly actor: Actor };
};

export type Send = (shard: string, command: TenderCommand, actor: Actor) => Promise<CommandAnswer>;

export function sender(bus: Bus, prefix = "bench"): Send {
  let count = 0;
  return (shard, command, actor) => {
    const key = `${prefix}-${(count++).toString(36).padStart(8, "0")}`;
    return bus.request(subjects.command, { shard, mechanism: "tender", key, command, actor }, { timeoutMs: 60_000 });
  };
}

const owner = memberOf("owner");
const startPrice = 10_000_000_000;

/** Publishes `count` tenders of one lot each and admits the bidders; they open when the clock is moved by an hour. */
export async function publishReverseLots(
  send: Send,
  clock: BenchClock,
  { count, bidders }: { readonly count: number; readonly bidders: number },
): Promise<readonly ReverseLot[]> {
  const companies = Array.from({ length: bidders }, (_, index) => memberOf(`bidder-${index + 1}`));
  const lots = Array.from({ length: count }, () => lotOf(randomUUID(), companies));
  for (let start = 0; start < count; start += 50) {
    await Promise.all(lots.slice(start, start + 50).map((lot) => publish(send, clock, lot)));
  }
  return lots;
}

async function publish(send: Send, clock: BenchClock, { shard, bidders }: ReverseLot): Promise<void> {
  const terms = termsFor(clock);
  const marketplaceId = owner.marketplaceId ?? "";
  await expectOk(send(shard, { type: "create_tender", marketplaceId, tenderId: shard, terms }, owner));
  await expectOk(send(shard, { type: "publish_tender", tenderId: shard, expectedVersion: 1 }, owner));
  await Promise.all(
    bidders.map((bidder) => expectOk(send(shard, { type: "request_admission", tenderId: shard }, bidder))),
  );
}

export async function expectOk(answer: Promise<CommandAnswer>): Promise<void> {
  const outcome = await answer;
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
}

function lotOf(shard: string, bidders: readonly Actor[]): ReverseLot {
  const lotId = `${shard}-1`;
  let count = 0;
  return {
    shard,
    lotId,
    bidders,
    nextBid() {
      const actor = bidders[count % bidders.length] ?? owner;
      const price = `${startPrice - ++count}.00`;
      return { command: { type: "submit_bid", lotId, price }, actor };
    },
  };
}

/** Opens in an hour, for a year: a bench ends before it. */
function termsFor(clock: Clock): TenderTerms {
  const at = (seconds: number) => instantOfMicros(clock.now() + seconds * 1_000_000);
  return TenderTerms.parse({
    title: "Copper cathodes for the second quarter",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { questionsUntil: at(1_200), submissionsUntil: at(2_400), auctionOpensAt: at(3_590) },
    lots: [
      {
        title: "Copper cathode, 25 t",
        grade: "Grade A cathode, EN 1978 Cu-CATH-1",
        quantity: { value: "25", unit: "TNE" },
        rules: {
          format: "english_reverse",
          currency: "EUR",
          priceScale: 2,
          startPrice: `${startPrice}.00`,
          stepMin: { kind: "absolute", amount: "1.00" },
          visibility: "lead",
          durationMs: 31_536_000_000,
          softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 300_000 },
        },
      },
    ],
  });
}
