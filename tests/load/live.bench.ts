// Accepted bids per second over live connections while thousands watch the lot, and how long a bid takes to reach the
// last of them, beside a bare websocket server that answers and tells but decides and keeps nothing.
import type { Trader } from "../chaos/market.ts";
import { openAuctions, openMarket, startPrice } from "../chaos/market.ts";
import { ServerProcess } from "../chaos/server-process.ts";
import type { BareLiveManner, BareLiveOrder } from "./bare-live-server.ts";
import { delaysOf } from "./delays.ts";
import { benchOptions, median, percentile, print } from "./figures.ts";
import { Gallery } from "./gallery.ts";
import type { CrowdPace } from "./live-crowd.ts";
import { Crowd } from "./live-crowd.ts";
import { PeerProcess } from "./peer-process.ts";
import type { Door } from "./raw-socket.ts";

const options = benchOptions({ rounds: 5, seconds: 5, bidders: 200, watchers: 2_000, rate: 25, profile: 0 });
const watchersPerCompany = 200;
const warmUpSeconds = 5;
/** With `--profile 1`: of the server, under load. */
const profilePath = "kontor-live.cpuprofile";

/** A connection that breaks spoils the measurement: whoever has work on the way gives up. */
const { promise: broken, reject: onLost } = Promise.withResolvers<never>();
broken.catch(() => {}); // Whoever waits for it hears of it; nobody has to.

async function main(): Promise<void> {
  const unlimited = { messagesPerSecondKey: 1_000_000, messageBurst: 1_000_000 };
  const server = await ServerProcess.create({ liveLimits: unlimited });
  try {
    const ours = await Promise.race([openOurs(server), broken]);
    await round(ours, { seconds: warmUpSeconds });
    const { bytesPerFrame } = ours.gallery.traffic;
    const { bytesPerAnswer } = ours.crowd;
    print({ ...common, figure: "frame_size", unit: "bytes", value: bytesPerFrame, bytesPerAnswer });
    const order: BareLiveOrder = { bytesPerAnswer, bytesPerFrame };
    const peer = await PeerProcess.start(new URL("./bare-live-server.ts", import.meta.url), order);
    try {
      const theirs = await openTheirs(peer.url);
      await round(theirs, { seconds: warmUpSeconds });
      const field = { ours, theirs, peer };
      const { seconds } = options;
      if (options.profile > 0) await server.profiled(profilePath, () => round(ours, { seconds }));
      await throughput(field);
      await paced(field);
      close(theirs);
    } finally {
      await peer.stop();
    }
    close(ours);
  } finally {
    await server.remove();
  }
}

type Field = { readonly ours: Side; readonly theirs: Side; readonly peer: PeerProcess };

type Side = { readonly crowd: Crowd; readonly gallery: Gallery };

async function openOurs({ ready, url }: ServerProcess): Promise<Side> {
  const market = await openMarket(ready);
  const { marketplaceId } = market;
  const [buyer] = await market.traders({ count: 1, name: "Buyer", side: "buyer", roles: ["buyer"] });
  const bidders = await market.traders({ count: options.bidders, name: "Bidder", side: "supplier", roles: ["seller"] });
  const companies = Math.ceil(options.watchers / watchersPerCompany);
  const watchers = await market.traders({ count: companies, name: "Watcher", side: "supplier", roles: ["seller"] });
  if (buyer === undefined) throw new Error("there is no buyer");
  // Watchers are admitted like the bidders: others are shown nothing of the bidding.
  const admitted = [...bidders, ...watchers];
  const [lotId = ""] = await openAuctions({ url, marketplaceId, buyer, bidders: admitted, lots: 1 });
  const door = ({ apiKey }: Trader): Door => ({ url: `${url}/v1/live`, headers: { "x-api-key": apiKey }, onLost });
  const rows = Array.from({ length: options.watchers }, (_, index) => watchers[index % companies] ?? buyer);
  const gallery = await Gallery.open({ doors: rows.map(door), stream: `lot:${lotId}` });
  return { gallery, crowd: await Crowd.open({ doors: bidders.map(door), lotId, startPrice }) };
}

async function openTheirs(url: string): Promise<Side> {
  const doors = (count: number): Door[] => Array.from({ length: count }, () => ({ url, headers: {}, onLost }));
  const gallery = await Gallery.open({ doors: doors(options.watchers), stream: "lot:any" });
  return { gallery, crowd: await Crowd.open({ doors: doors(options.bidders), lotId: "any", startPrice }) };
}

function close({ crowd, gallery }: Side): void {
  crowd.close();
  gallery.close();
}

type Measured = {
  /** Accepted bids per second. */
  readonly rate: number;
  readonly refused: number;
  /** From sending a bid until the last watcher has it. */
  readonly toLastWatcherMs: readonly number[];
  readonly framesPerWatcher: number;
};

async function round({ crowd, gallery }: Side, pace: CrowdPace): Promise<Measured> {
  const before = gallery.traffic.frames;
  const run = await Promise.race([crowd.run(pace), broken]);
  const { accepted, refused } = run;
  const stamps = accepted.map(({ at }) => at).sort();
  await Promise.race([gallery.heardOf(stamps.at(-1) ?? ""), broken]);
  const framesPerWatcher = (gallery.traffic.frames - before) / options.watchers;
  return {
    rate: accepted.length / run.seconds,
    refused,
    toLastWatcherMs: delaysOf(accepted, gallery.takeArrivals()),
    framesPerWatcher,
  };
}

type Compared = { readonly our: Measured; readonly their: Measured; readonly gathering: Measured };

/** Rounds of all in turn, so that all meet the machine in the same moods. */
async function compare(field: Field, pace: CrowdPace): Promise<readonly Compared[]> {
  const { ours, theirs, peer } = field;
  const rounds: Compared[] = [];
  for (let number = 1; number <= options.rounds; number++) {
    const our = await round(ours, pace);
    peer.tell({ gathers: false } satisfies BareLiveManner);
    const their = await round(theirs, pace);
    peer.tell({ gathers: true } satisfies BareLiveManner);
    const gathering = await round(theirs, pace);
    rounds.push({ our, their, gathering });
    const { rate: value, refused, framesPerWatcher } = our;
    const rates = { value, refused, peer: their.rate, gatheringPeer: gathering.rate };
    const frames = { framesPerWatcher, peerFramesPerWatcher: their.framesPerWatcher };
    print({ ...common, figure: "round", unit: "bids/s", number, ...rates, ...frames });
  }
  return rounds;
}

const common = { bench: "live", bidders: options.bidders, watchers: options.watchers } as const;
const peerIs = "bare websocket server that answers each bid and tells all watchers of it";
const gatheringPeerIs = "the same, telling of all bids of a turn in one message";

/** As fast as they can, one bid of each bidder under way. */
async function throughput(field: Field): Promise<void> {
  const rounds = await compare(field, { seconds: options.seconds });
  const over = (value: (one: Compared) => number): number => median(rounds.map(value));
  print({
    ...common,
    figure: "accepted",
    unit: "bids/s",
    value: over(({ our }) => our.rate),
    peer: over(({ their }) => their.rate),
    peerIs,
    ratio: over(({ our, their }) => our.rate / their.rate),
    atLeast: 0.5,
    gatheringPeer: over(({ gathering }) => gathering.rate),
    gatheringPeerIs,
    ratioToGathering: over(({ our, gathering }) => our.rate / gathering.rate),
  });
  delays(rounds, "at full rate");
}

/** At a pace that all keep up with: what a bidder notices on an ordinary day. */
async function paced(field: Field): Promise<void> {
  const { seconds, rate } = options;
  delays(await compare(field, { seconds, perSecond: rate }), `at ${rate} bids/s`);
}

function delays(rounds: readonly Compared[], load: string): void {
  for (const percent of [50, 99]) {
    const over = (value: (one: Compared) => Measured): number =>
      median(rounds.map((one) => percentile(value(one).toLastWatcherMs, percent)));
    print({
      ...common,
      figure: `bid_to_last_watcher_p${percent}`,
      unit: "ms",
      load,
      value: over(({ our }) => our),
      peer: over(({ their }) => their),
      gatheringPeer: over(({ gathering }) => gathering),
    });
  }
}

await main();
