import { openInstrument } from "../chaos/instruments.ts";
import { openMarket } from "../chaos/market.ts";
import { ServerProcess } from "../chaos/server-process.ts";
import type { BareFanoutCpu, BareFanoutOrder } from "./bare-fanout-server.ts";
import type { Accepted } from "./delays.ts";
import { delaysOf } from "./delays.ts";
import { doorsOf, unlimited } from "./exchange-gateway.ts";
import { median, percentile, print } from "./figures.ts";
import { Gallery } from "./gallery.ts";
import { OrderCrowd } from "./order-crowd.ts";
import { PeerProcess } from "./peer-process.ts";
import type { Door } from "./raw-socket.ts";
import { stampOf } from "./wall-stamp.ts";

export type FanoutOptions = {
  readonly rounds: number;
  readonly seconds: number;
  readonly watchers: number;
  /** Orders a second; one of nine is refused, the others change the book. */
  readonly changes: number;
  readonly depth: number;
};

const watchersPerCompany = 200;
const senders = 16;
/** As often as the server puts a book's changes together. */
const everyMs = 100;
const warmUpSeconds = 3;
const peerIs = "bare websocket server that sends frames as long, ten a second";

/** One book with very many watchers, which changes far more often than it is told. */
export async function measureFanout(options: FanoutOptions): Promise<void> {
  const { promise: broken, reject: onLost } = Promise.withResolvers<never>();
  broken.catch(() => {}); // Whoever waits for it hears of it; nobody has to.
  const server = await ServerProcess.create({ liveLimits: unlimited });
  try {
    await Promise.race([measure(server, options, onLost), broken]);
  } finally {
    await server.remove();
  }
}

async function measure(server: ServerProcess, options: FanoutOptions, onLost: Door["onLost"]): Promise<void> {
  const market = await openMarket(server.ready);
  const roles = ["buyer", "seller"] as const;
  const traders = await market.traders({ count: senders, name: "Sender", side: "both", roles });
  const companies = Math.ceil(options.watchers / watchersPerCompany);
  const people = await market.traders({ count: companies, name: "Watcher", side: "both", roles });
  const { instrumentId } = await openInstrument(market);
  const { depth, changes: perSecond } = options;
  const crowd = await OrderCrowd.open({ doors: doorsOf(server, traders, onLost), instrumentId, depth });
  await crowd.run({ seconds: warmUpSeconds, perSecond });
  const alone = await loadOf(
    () => server.cpuSeconds(),
    () => crowd.run({ seconds: options.seconds, perSecond }),
  );
  const rows = Array.from({ length: options.watchers }, (_, index) => people[index % companies]);
  const doors = doorsOf(
    server,
    rows.flatMap((row) => row ?? []),
    onLost,
  );
  const gallery = await Gallery.open({ doors, stream: `book:${instrumentId}` });
  await ourRound({ server, crowd, gallery }, { ...options, seconds: warmUpSeconds });
  const order: BareFanoutOrder = { bytesPerFrame: gallery.traffic.bytesPerFrame, everyMs };
  const peer = await PeerProcess.start(new URL("./bare-fanout-server.ts", import.meta.url), order);
  try {
    const bareDoors = doors.map(() => ({ url: peer.url, headers: {}, onLost }));
    const bareGallery = await Gallery.open({ doors: bareDoors, stream: "any" });
    const rounds: Pair[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const our = await ourRound({ server, crowd, gallery }, options);
      rounds.push({ our, their: await bareRound(peer, bareGallery, options) });
    }
    report(rounds, { options, alone: alone.cores, bytesPerFrame: gallery.traffic.bytesPerFrame });
    bareGallery.close();
  } finally {
    await peer.stop();
  }
  gallery.close();
  crowd.close();
}

type Round = {
  /** Changes of the book a second. */
  readonly changes: number;
  /** A second, at each watcher. */
  readonly frames: number;
  readonly agesMs: readonly number[];
  readonly cores: number;
};
type Pair = { readonly our: Round; readonly their: Round };

/** Processor time that work takes, in cores. */
async function loadOf<Result>(cpuSeconds: () => Promise<number>, work: () => Promise<Result>) {
  const [before, startedAt] = [await cpuSeconds(), performance.now()];
  const result = await work();
  const cores = ((await cpuSeconds()) - before) / ((performance.now() - startedAt) / 1_000);
  return { result, cores };
}

type Ours = { readonly server: ServerProcess; readonly crowd: OrderCrowd; readonly gallery: Gallery };

async function ourRound({ server, crowd, gallery }: Ours, options: FanoutOptions): Promise<Round> {
  const { seconds, changes: perSecond, watchers } = options;
  const before = gallery.traffic.frames;
  const { result: run, cores } = await loadOf(
    () => server.cpuSeconds(),
    () => crowd.run({ seconds, perSecond }),
  );
  const frames = (gallery.traffic.frames - before) / watchers / run.seconds;
  // A last order that everybody is shown, so that there is a frame after everything.
  const last = await crowd.showOne();
  await gallery.heardOf(last.at);
  const agesMs = delaysOf(run.accepted, gallery.takeArrivals());
  return { changes: run.accepted.length / run.seconds, frames, agesMs, cores };
}

/** As if there had been changes at the same pace, each told by the next frame. */
async function bareRound(peer: PeerProcess, gallery: Gallery, options: FanoutOptions): Promise<Round> {
  const { seconds, changes, watchers } = options;
  const before = gallery.traffic.frames;
  const startedAt = performance.now();
  const cpuSeconds = async () => (await peer.ask<BareFanoutCpu>({})).seconds;
  const { cores } = await loadOf(cpuSeconds, () => gallery.heardOf(stampOf(startedAt + seconds * 1_000)));
  const taken = (performance.now() - startedAt) / 1_000;
  const frames = (gallery.traffic.frames - before) / watchers / taken;
  const imagined = Array.from({ length: seconds * changes }, (_, index): Accepted => {
    const sentAtMs = startedAt + (index * 1_000) / changes;
    return { sentAtMs, at: stampOf(sentAtMs) };
  });
  return { changes, frames, agesMs: delaysOf(imagined, gallery.takeArrivals()), cores };
}

type Reported = { readonly options: FanoutOptions; readonly alone: number; readonly bytesPerFrame: number };

function report(rounds: readonly Pair[], { options: { watchers }, alone, bytesPerFrame }: Reported): void {
  const over = (value: (round: Round) => number): { readonly value: number; readonly peer: number } => ({
    value: median(rounds.map(({ our }) => value(our))),
    peer: median(rounds.map(({ their }) => value(their))),
  });
  const changes = over((round) => round.changes).value;
  const common = { bench: "exchange", watchers, changesPerSecond: changes, bytesPerFrame, peerIs } as const;
  const line = (figure: string, unit: string, { value, peer }: { value: number; peer: number }) =>
    ({ ...common, figure, unit, value, peer, ratio: value / peer }) as const;
  print(
    line(
      "fanout_frames",
      "frames/s per watcher",
      over(({ frames }) => frames),
    ),
  );
  for (const percent of [50, 99]) {
    print(
      line(
        `change_to_last_watcher_p${percent}`,
        "ms",
        over(({ agesMs }) => percentile(agesMs, percent)),
      ),
    );
  }
  print({
    ...line(
      "fanout_server_cpu",
      "cores",
      over(({ cores }) => cores),
    ),
    withoutWatchers: alone,
  });
}
