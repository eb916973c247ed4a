// What the process of a whole installation holds in memory: idle, with many open auctions, with many live connections,
// and over minutes of auctions that come and go, once everything that is kept for a while has been filled.
import { openMarket } from "../chaos/market.ts";
import { ServerProcess } from "../chaos/server-process.ts";
import { benchOptions, print } from "./figures.ts";
import { fillWithAuctions } from "./memory-auctions.ts";
import { openSockets } from "./memory-sockets.ts";
import type { Sample } from "./memory-steady.ts";
import { growthOf, steadyLoad } from "./memory-steady.ts";

const options = benchOptions({ auctions: 1_000, bidders: 20, sockets: 2_000, settle: 10, minutes: 10 });
const mib = 1_048_576;
const common = { bench: "memory", unit: "MiB" } as const;

/** A connection that breaks spoils the measurement. */
const { promise: broken, reject: onLost } = Promise.withResolvers<never>();
broken.catch(() => {}); // Whoever waits for it hears of it; nobody has to.

async function main(): Promise<void> {
  const server = await ServerProcess.create({ nodeOptions: ["--expose-gc"] });
  try {
    const idle = await show(server, "idle");
    const market = await openMarket(server.ready);
    const { marketplaceId } = market;
    const [buyer] = await market.traders({ count: 1, name: "Buyer", side: "buyer", roles: ["buyer"] });
    const bidders = await market.traders({
      count: options.bidders,
      name: "Bidder",
      side: "supplier",
      roles: ["seller"],
    });
    if (buyer === undefined) throw new Error("there is no buyer");
    const place = { url: server.url, marketplaceId, buyer, bidders };

    const lotIds = await fillWithAuctions(place, options.auctions);
    const filled = await show(server, "with_auctions", { auctions: lotIds.length, biddersEach: bidders.length });
    perPiece("per_auction", { from: idle, to: filled, pieces: lotIds.length });

    const sockets = await openSockets(place, { lotIds, count: options.sockets, onLost });
    const connected = await show(server, "with_sockets", { sockets: options.sockets });
    perPiece("per_socket", { from: filled, to: connected, pieces: options.sockets });

    const { settle: settleMinutes, minutes } = options;
    const load = { server, place, sockets, settleMinutes, minutes };
    const samples = await Promise.race([steadyLoad(load), broken]);
    showGrowth(samples);
    sockets.close();
  } catch (error) {
    console.error(await server.lastWords());
    throw error;
  } finally {
    await server.remove();
  }
}

type Held = { readonly rss: number; readonly heapUsed: number };

/** Resident memory, and of it what the program itself still needs. */
async function show(
  server: ServerProcess,
  figure: string,
  details: Readonly<Record<string, number>> = {},
): Promise<Held> {
  const held = await server.memory(true);
  print({ ...common, figure, value: held.rss / mib, heap: held.heapUsed / mib, ...details });
  return held;
}

type Pieces = { readonly from: Held; readonly to: Held; readonly pieces: number };

function perPiece(figure: string, { from, to, pieces }: Pieces): void {
  const each = (name: keyof Held): number => (to[name] - from[name]) / pieces / 1_024;
  if (pieces > 0) print({ bench: "memory", figure, unit: "KiB", value: each("rss"), heap: each("heapUsed") });
}

function showGrowth(samples: readonly Sample[]): void {
  if (samples.length < 2) return;
  const { heapPerMinute, rssPerMinute, minutes } = growthOf(samples);
  print({
    ...common,
    figure: "growth",
    unit: "MiB/min",
    value: rssPerMinute / mib,
    heap: heapPerMinute / mib,
    minutes,
  });
}

await main();
