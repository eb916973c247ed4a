import { setTimeout as pause } from "node:timers/promises";
import { requireReceipt } from "@kontor/sdk";
import { clientOf, openAuctions } from "../chaos/market.ts";
import type { ServerProcess } from "../chaos/server-process.ts";
import { median, print } from "./figures.ts";
import type { Place } from "./memory-auctions.ts";
import { bidOnce } from "./memory-auctions.ts";
import type { Sockets } from "./memory-sockets.ts";

/** Bytes at a moment of the steady load. */
export type Sample = { readonly atMs: number; readonly rss: number; readonly heapUsed: number };

export type SteadyOptions = {
  readonly server: ServerProcess;
  readonly place: Place;
  readonly sockets: Sockets;
  /** Of load without pauses before anything counts: keys and idle auctions are kept for a while, so memory fills first. */
  readonly settleMinutes: number;
  readonly minutes: number;
};

const minuteMs = 60_000;
const sampleEveryMs = 10_000;
const auctionEveryMs = 2_000;
const bidsOfEach = 5;
const socketsReplaced = 10;
const mib = 1_048_576;

/**
 * Auctions come and go: each is opened, bid in and cancelled, while some live connections leave and others come. What
 * one of them leaves in memory would add up.
 */
export async function steadyLoad(options: SteadyOptions): Promise<readonly Sample[]> {
  const { server, place, sockets, settleMinutes, minutes } = options;
  const startedAt = performance.now();
  const untilMs = startedAt + (settleMinutes + minutes) * minuteMs;
  const samples: Sample[] = [];
  let auctions = 0;

  async function sample(): Promise<void> {
    while (performance.now() < untilMs) {
      await pause(Math.min(sampleEveryMs, Math.max(0, untilMs - performance.now())));
      const { rss, heapUsed } = await server.memory(true);
      const atMs = performance.now() - startedAt;
      if (atMs >= settleMinutes * minuteMs) samples.push({ atMs, rss, heapUsed });
      const common = { bench: "memory", figure: "steady_load", unit: "MiB" } as const;
      const bids = auctions * bidsOfEach * place.bidders.length;
      print({ ...common, value: rss / mib, heap: heapUsed / mib, minute: atMs / minuteMs, auctions, bids });
    }
  }

  async function load(): Promise<void> {
    for (let lastMs = -auctionEveryMs; performance.now() < untilMs; ) {
      const settled = performance.now() - startedAt >= settleMinutes * minuteMs;
      if (settled) await pause(Math.max(0, lastMs + auctionEveryMs - performance.now()));
      lastMs = performance.now();
      const lotId = await holdAuction(place);
      await sockets.replace(socketsReplaced, lotId);
      auctions += 1;
    }
  }

  await Promise.all([sample(), load()]);
  return samples;
}

async function holdAuction(place: Place): Promise<string> {
  const [lotId = ""] = await openAuctions({ ...place, lots: 1 });
  for (let below = 1; below <= bidsOfEach; below++) await bidOnce(place, lotId, below);
  const tenderId = lotId.slice(0, lotId.lastIndexOf("-"));
  const reason = "It was held for measurement.";
  requireReceipt(await clientOf(place.url, place.buyer).commands.cancelTender({ tenderId, reason }));
  return lotId;
}

/** From the first third of the samples to the last, in bytes per minute. */
export function growthOf(samples: readonly Sample[]) {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const over = (part: readonly Sample[], value: (one: Sample) => number): number => median(part.map(value));
  const minutes = (over(last, ({ atMs }) => atMs) - over(first, ({ atMs }) => atMs)) / minuteMs;
  const per = (value: (one: Sample) => number): number => (over(last, value) - over(first, value)) / minutes;
  return { rssPerMinute: per(({ rss }) => rss), heapPerMinute: per(({ heapUsed }) => heapUsed), minutes };
}
