// The exchange: acknowledged orders per second through host and journal beside bare inserts; over sockets beside a bare
// websocket server, with the share of the server's time that each step takes; recovery of a book and of a host; and one
// book watched by a thousand sockets while it changes two thousand times a second. `--host 0` and its like leave a part out.
import { measureFanout } from "./exchange-fanout.ts";
import { measureGateway } from "./exchange-gateway.ts";
import { measureHost } from "./exchange-host.ts";
import { measureRecovery } from "./exchange-recovery.ts";
import { benchOptions } from "./figures.ts";

const options = benchOptions({
  ...{ host: 1, gateway: 1, recovery: 1, fanout: 1 },
  ...{ rounds: 3, seconds: 3, "in-flight": 256, traders: 50, depth: 20 },
  ...{ sockets: 32, rate: 500 },
  ...{ commands: 1_000_000, resting: 100_000, journal: 100_000 },
  ...{ watchers: 1_000, changes: 2_250 },
});

async function main(): Promise<void> {
  const { rounds, seconds, traders, depth, commands, resting, journal } = options;
  const common = { rounds, seconds, inFlight: options["in-flight"], traders, depth };
  if (options.host > 0) await measureHost(common);
  if (options.gateway > 0) await measureGateway({ ...common, sockets: options.sockets, rate: options.rate });
  if (options.recovery > 0) await measureRecovery({ ...common, commands, resting, journal });
  if (options.fanout > 0) {
    await measureFanout({ ...common, watchers: options.watchers, changes: options.changes });
  }
}

await main();
