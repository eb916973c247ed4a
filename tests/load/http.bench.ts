// Bids per second over HTTP on connections that are kept alive, beside a bare Fastify route with the same schema that
// inserts one row into the same Postgres.
import { newId } from "@kontor/sdk";
import { openAuctions, openMarket, startPrice } from "../chaos/market.ts";
import { ServerProcess } from "../chaos/server-process.ts";
import type { BareHttpOrder } from "./bare-http-server.ts";
import { benchOptions, median, percentile, print } from "./figures.ts";
import { HttpLane } from "./http-lane.ts";
import { PeerProcess } from "./peer-process.ts";

const options = benchOptions({ rounds: 5, seconds: 4, connections: 64, lots: 4, profile: 0 });
const warmUpSeconds = 3;
/** With `--profile 1`: of the server, under load. */
const profilePath = "kontor-http.cpuprofile";

async function main(): Promise<void> {
  const server = await ServerProcess.create();
  try {
    const { lotIds, keys } = await openField(server);
    const { databaseUrl } = server.ready;
    const order: BareHttpOrder = { databaseUrl };
    const peer = await PeerProcess.start(new URL("./bare-http-server.ts", import.meta.url), order);
    try {
      const ours = await openSide(server.url, { lotIds, keys });
      const theirs = await openSide(peer.url, { lotIds, keys });
      await run(ours, warmUpSeconds);
      await run(theirs, warmUpSeconds);
      if (options.profile > 0) await server.profiled(profilePath, () => run(ours, options.seconds));
      await compare(ours, theirs);
      for (const { lane } of [...ours, ...theirs]) lane.close();
    } finally {
      await peer.stop();
    }
  } finally {
    await server.remove();
  }
}

type BiddingField = { readonly lotIds: readonly string[]; readonly keys: readonly string[] };

/** One company per connection, so that its prices arrive in order. */
async function openField({ ready, url }: ServerProcess): Promise<BiddingField> {
  const { marketplaceId, traders } = await openMarket(ready);
  const [buyer] = await traders({ count: 1, name: "Buyer", side: "buyer", roles: ["buyer"] });
  const bidders = await traders({ count: options.connections, name: "Bidder", side: "supplier", roles: ["seller"] });
  if (buyer === undefined) throw new Error("there is no buyer");
  const lotIds: string[] = [];
  for (let number = 1; number <= options.lots; number++) {
    lotIds.push(...(await openAuctions({ url, marketplaceId, buyer, bidders, lots: 1 })));
  }
  return { lotIds, keys: bidders.map(({ apiKey }) => apiKey) };
}

type Connection = { readonly lane: HttpLane; readonly path: string; readonly apiKey: string; price: number };

async function openSide(url: string, { lotIds, keys }: BiddingField): Promise<readonly Connection[]> {
  const lanes = await Promise.all(keys.map(() => HttpLane.open(url)));
  return lanes.map((lane, index) => ({
    lane,
    path: `/v1/lots/${lotIds[index % lotIds.length]}/bids`,
    apiKey: keys[index] ?? "",
    price: startPrice,
  }));
}

type Measured = { readonly rate: number; readonly timesMs: readonly number[] };

async function run(connections: readonly Connection[], seconds: number): Promise<Measured> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const timesMs: number[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      const { lane, path, apiKey } = connection;
      for (let sentAt = performance.now(); sentAt < until; sentAt = performance.now()) {
        connection.price -= 1;
        const headers = `x-api-key: ${apiKey}\r\nidempotency-key: ${newId()}\r\n`;
        const { status, body } = await lane.post(path, `{"price":"${connection.price}.00"}`, headers);
        if (status !== 201) throw new Error(`a bid was answered ${status}: ${body}`);
        timesMs.push(performance.now() - sentAt);
      }
    }),
  );
  return { rate: timesMs.length / ((performance.now() - startedAt) / 1_000), timesMs };
}

/** Rounds of both in turn, so that both meet the machine in the same moods. */
async function compare(ours: readonly Connection[], theirs: readonly Connection[]): Promise<void> {
  const common = { bench: "http", connections: options.connections, shards: options.lots } as const;
  const rounds: { readonly our: Measured; readonly their: Measured }[] = [];
  for (let number = 1; number <= options.rounds; number++) {
    const our = await run(ours, options.seconds);
    const their = await run(theirs, options.seconds);
    rounds.push({ our, their });
    print({ ...common, figure: "round", unit: "requests/s", number, value: our.rate, peer: their.rate });
  }
  const over = (value: (one: (typeof rounds)[number]) => number): number => median(rounds.map(value));
  print({
    ...common,
    figure: "accepted_bids",
    unit: "requests/s",
    value: over(({ our }) => our.rate),
    peer: over(({ their }) => their.rate),
    peerIs: "bare Fastify route with the same schema and one insert",
    ratio: over(({ our, their }) => our.rate / their.rate),
  });
  for (const percent of [50, 99]) {
    print({
      ...common,
      figure: `answer_p${percent}`,
      unit: "ms",
      value: over(({ our }) => percentile(our.timesMs, percent)),
      peer: over(({ their }) => percentile(their.timesMs, percent)),
    });
  }
}

await main();
