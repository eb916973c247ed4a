import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInstrument } from "../chaos/instruments.ts";
import type { Trader } from "../chaos/market.ts";
import { openMarket } from "../chaos/market.ts";
import { ServerProcess } from "../chaos/server-process.ts";
import type { BareLiveOrder } from "./bare-live-server.ts";
import { median, percentile, print } from "./figures.ts";
import type { OrderPace, OrderRun } from "./order-crowd.ts";
import { OrderCrowd } from "./order-crowd.ts";
import { PeerProcess } from "./peer-process.ts";
import { sharesIn } from "./profile-shares.ts";
import type { Door } from "./raw-socket.ts";
import { serverSteps } from "./server-steps.ts";

export type GatewayOptions = {
  readonly rounds: number;
  readonly seconds: number;
  readonly sockets: number;
  /** On all sockets together. */
  readonly inFlight: number;
  readonly depth: number;
  /** Orders a second at the pace that all keep up with. */
  readonly rate: number;
};

/** More than anybody sends. */
export const unlimited = { messagesPerSecondKey: 1_000_000, messageBurst: 1_000_000 };
const warmUpSeconds = 5;
const peerIs = "bare websocket server that answers each message with one as long";

/** JSON orders over sockets, until each has its answer from the journal. */
export async function measureGateway(options: GatewayOptions): Promise<void> {
  const { promise: broken, reject: onLost } = Promise.withResolvers<never>();
  broken.catch(() => {}); // Whoever waits for it hears of it; nobody has to.
  const server = await ServerProcess.create({ liveLimits: unlimited });
  try {
    const ours = await openOurs(server, { options, onLost });
    const saturated: OrderPace = {
      seconds: options.seconds,
      inFlight: Math.max(1, Math.round(options.inFlight / options.sockets)),
    };
    await Promise.race([ours.run({ ...saturated, seconds: warmUpSeconds }), broken]);
    const order: BareLiveOrder = { bytesPerAnswer: ours.bytesPerAnswer, bytesPerFrame: 0 };
    const peer = await PeerProcess.start(new URL("./bare-live-server.ts", import.meta.url), order);
    try {
      const door: Door = { url: peer.url, headers: {}, onLost };
      const doors = Array.from({ length: options.sockets }, () => door);
      const theirs = await OrderCrowd.open({ doors, instrumentId: "any", depth: options.depth });
      await Promise.race([theirs.run({ ...saturated, seconds: 1 }), broken]);
      const measuring = compare({ ours, theirs, options, saturated });
      await Promise.race([measuring, broken]);
      theirs.close();
    } finally {
      await peer.stop();
    }
    await Promise.race([shares(server, () => ours.run(saturated)), broken]);
    ours.close();
  } finally {
    await server.remove();
  }
}

type Opening = { readonly options: GatewayOptions; readonly onLost: Door["onLost"] };

async function openOurs(server: ServerProcess, { options, onLost }: Opening): Promise<OrderCrowd> {
  const market = await openMarket(server.ready);
  const { sockets: count, depth } = options;
  const traders = await market.traders({ count, name: "Trader", side: "both", roles: ["buyer", "seller"] });
  const { instrumentId } = await openInstrument(market);
  return await OrderCrowd.open({ doors: doorsOf(server, traders, onLost), instrumentId, depth });
}

export function doorsOf({ url }: ServerProcess, traders: readonly Trader[], onLost: Door["onLost"]): readonly Door[] {
  return traders.map(({ apiKey }) => ({ url: `${url}/v1/live`, headers: { "x-api-key": apiKey }, onLost }));
}

type Comparing = {
  readonly ours: OrderCrowd;
  readonly theirs: OrderCrowd;
  readonly options: GatewayOptions;
  readonly saturated: OrderPace;
};

/** Rounds of both in turn, so that both meet the machine in the same moods. */
async function compare({ ours, theirs, options, saturated }: Comparing): Promise<void> {
  const { rounds, seconds, sockets, inFlight, rate } = options;
  const common = { bench: "exchange", sockets } as const;
  const full: Pair[] = [];
  const paced: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    full.push({ our: await ours.run(saturated), their: await theirs.run(saturated) });
    const pace = { seconds, perSecond: rate };
    paced.push({ our: await ours.run(pace), their: await theirs.run(pace) });
  }
  const rateOf = ({ answered, seconds: taken }: OrderRun): number => answered / taken;
  const over = (pairs: readonly Pair[], value: (pair: Pair) => number): number => median(pairs.map(value));
  print({
    ...common,
    figure: "gateway_acknowledged",
    unit: "orders/s",
    inFlight,
    value: over(full, ({ our }) => rateOf(our)),
    refusedShare: over(full, ({ our }) => our.refused / our.answered),
    peer: over(full, ({ their }) => rateOf(their)),
    peerIs,
    ratio: over(full, ({ our, their }) => rateOf(our) / rateOf(their)),
    bytesPerAnswer: ours.bytesPerAnswer,
  });
  const loads = [
    { load: `${inFlight} in flight`, pairs: full },
    { load: `${rate} orders/s`, pairs: paced },
  ];
  for (const { load, pairs } of loads) {
    for (const percent of [50, 99]) {
      const value = over(pairs, ({ our }) => percentile(our.timesMs, percent));
      const peer = over(pairs, ({ their }) => percentile(their.timesMs, percent));
      const figure = `send_to_ack_p${percent}`;
      print({ ...common, figure, unit: "ms", load, value, peer, peerIs, ratio: value / peer });
    }
  }
}

type Pair = { readonly our: OrderRun; readonly their: OrderRun };

/** Of the server's time under full load, by the step that it is spent on. */
async function shares(server: ServerProcess, work: () => Promise<OrderRun>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "kontor-profile-"));
  try {
    const path = join(folder, "server.cpuprofile");
    await server.profiled(path, work);
    const { busy, steps } = await sharesIn(path, serverSteps);
    const percents = Object.entries(steps).map(([step, share]) => [step, share * 100]);
    const figure = { bench: "exchange", figure: "server_busy", unit: "% of a core", value: busy * 100 } as const;
    print({ ...figure, stepsAre: "% of the busy time", ...Object.fromEntries(percents) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
