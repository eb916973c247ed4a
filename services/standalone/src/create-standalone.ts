import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Bus } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { Connection } from "@kontor/db";
import { checkServerSettings, connect, createJournalStore, migrate } from "@kontor/db";
import type { AccountStore } from "@kontor/db/auth";
import { createAccountStore } from "@kontor/db/auth";
import type { EmbeddedEvent, EmbeddedServer } from "@kontor/db/embedded";
import { startEmbedded } from "@kontor/db/embedded";
import type { CatalogueSearch, GatewayConfig, LiveLimits, Mailer, WebAppOptions } from "@kontor/gateway";
import {
  buildGateway,
  buyingEngine,
  createRepositories,
  httpUrlOf,
  listenForMetrics,
  startSearch,
} from "@kontor/gateway";
import type { Clock } from "@kontor/kernel";
import type { HostSettings, HostStats, TradingHost, TradingHostOptions } from "@kontor/trading";
import { createTradingHost, mechanisms, startSnapshots } from "@kontor/trading";
import { createBuying, createClearing, createImporter, createWorker } from "@kontor/worker";
import type { Logger } from "pino";
import { readAuthSecret } from "./auth-secret.ts";
import { Closers } from "./closers.ts";
import { takeDataFolder } from "./data-folder.ts";
import { refuseOpenLogins } from "./demo/open-logins.ts";
import { choosePort } from "./free-port.ts";
import { createMailFolder } from "./mail-folder.ts";
import { StartError } from "./start-error.ts";
import { createSystemClock } from "./system-clock.ts";

export type StandaloneOptions = {
  /** Absolute; taken for this process alone. */
  readonly dataFolder: string;
  /** Null runs the embedded Postgres in the data folder. */
  readonly databaseUrl: string | null;
  /** Null takes the usual port or the next free one; 0 any. */
  readonly port: number | null;
  readonly gateway: GatewayConfig;
  /** Null keeps a generated one in the data folder. */
  readonly authSecret: string | null;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly host?: Partial<HostSettings>;
  readonly liveLimits?: Partial<LiveLimits>;
  /** How often clearing looks for work, in milliseconds. */
  readonly clearing?: Partial<typeof clearingTimes>;
  /** How often what falls due in buying is looked for, and notices of it, in milliseconds. */
  readonly buying?: Partial<typeof buyingTimes>;
  /** Of how many marketplaces an index is built before anybody searches them. */
  readonly search?: { readonly warmMax: number };
  readonly onPostgres?: (event: EmbeddedEvent) => void;
  /** Left out: messages go into files of the data folder. */
  readonly mailer?: Mailer;
  /** Left out: no app, programs alone are served. */
  readonly webApp?: WebAppOptions;
  /** False where others can reach the installation: accounts of an earlier demo keep it from starting then. */
  readonly demoAccountsAllowed?: boolean;
};

/** All services of one installation, running in this process. */
export type Standalone = {
  /** e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where the metrics have a listener of their own; null where they are on `url`. */
  readonly metricsUrl: string | null;
  readonly databaseUrl: string;
  /** Null with a database of one's own. */
  readonly postgres: EmbeddedServer | null;
  readonly accounts: AccountStore;
  /** Slugs of its marketplaces, of the first hundred; none until somebody sets one up. */
  readonly marketplaces: () => Promise<readonly string[]>;
  readonly hostStats: () => HostStats;
  /** True once the read models hold the journal's entry `seq` of the shard; false when that takes too long. */
  readonly caughtUpWith: (shard: string, seq: number, options: { readonly timeoutMs: number }) => Promise<boolean>;
  /** Says goodbye to the sockets, ends what was taken in, then everything else. Safe to call twice. */
  readonly stop: () => Promise<void>;
};

const workerPollMs = 1_000;
/** How long a change of the catalogue may go unnoticed by who searches. */
const searchPollMs = 250;
/** Allocations that a crash left open wait this long at most, settlements that are due so long. */
const clearingTimes = { resumeMs: 2_000, settleMs: 60_000 };
/** Notices of buying wait this long at most to be told, what is due this long to be done. */
const buyingTimes = { tellMs: 250, dueMs: 60_000 };
/** A file that was started waits this long at most. */
const importPollMs = 250;
/** A pooled statement of the read side never needs longer. */
const readinessTimeoutMs = 2_000;

/**
 * Starts Postgres (unless there is one), the trading host, the worker and the gateway, in this order.
 *
 * @throws StartError or Error with sentences for the operator; what was started until then is ended.
 */
export async function createStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { log } = options;
  const closers = new Closers((name, err) => log.error({ err, part: name }, "a part did not end cleanly"));
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: StandaloneOptions, closers: Closers): Promise<Standalone> {
  const { log, clock = createSystemClock(), gateway: config } = options;
  const folder = await takeDataFolder(options.dataFolder);
  closers.add("data folder", folder.release);
  const port = await choosePort(config.host, options.port);
  const authSecret = options.authSecret ?? (await readAuthSecret(folder.path));
  const postgres = options.databaseUrl === null ? await startPostgres(options, closers) : null;
  const databaseUrl = options.databaseUrl ?? postgres?.url ?? "";
  const connection = await openDatabase(databaseUrl, options, closers);

  const bus = createInProcessBus({ onError: (err, subject) => log.error({ err, subject }, "a bus handler failed") });
  closers.add("bus", bus.close);
  const journal = createJournalStore({ url: databaseUrl });
  closers.add("journal", journal.close);
  const worker = createWorker({ bus, journal, db: connection.db, clock, log, pollMs: workerPollMs });
  worker.start();
  closers.add("worker", worker.stop);
  // Whoever has the folder has its Postgres to himself; a server of one's own may have other hosts.
  const takeover = postgres === null ? "lease" : "force";
  const host = await startHost(
    { ...options, bus, journal, clock, databaseUrl, host: { takeover, ...options.host } },
    closers,
  );
  startJobs({ ...options, bus, connection, clock, commandTimeoutMs: config.commandTimeoutMs }, closers);

  const accounts = createAccountStore(connection.db);
  const repositories = createRepositories(connection.db);
  const search = openSearch(databaseUrl, options, closers);
  const gateway = await buildGateway({
    config: { ...config, port, authSecret },
    bus,
    repositories,
    accounts,
    accountDatabase: connection.db,
    clock,
    log,
    mailer: options.mailer ?? createMailFolder(folder.path, log),
    readiness: [{ name: "database", check: () => answers(connection) }],
    figures: { host: host.stats, worker: worker.stats, search: search.figures },
    search,
    ...(options.liveLimits === undefined ? {} : { liveLimits: options.liveLimits }),
    ...(options.webApp === undefined ? {} : { webApp: options.webApp }),
  });
  closers.add("gateway", () => gateway.close());
  if (options.demoAccountsAllowed === false) await refuseOpenLogins(accounts, gateway);
  await gateway.listen({ host: config.host, port });
  const url = httpUrlOf(config.host, port);
  const metricsUrl =
    config.metricsListener === null ? null : await openMetrics(gateway, config.metricsListener, closers);
  await folder.announce({ url, databaseUrl });
  const { caughtUpWith } = worker;
  return {
    url,
    metricsUrl,
    databaseUrl,
    postgres,
    accounts,
    marketplaces: async () => {
      const found = await repositories.marketplaces.list({ limit: 100 });
      return found.ok ? found.data.map(({ slug }) => slug) : [];
    },
    hostStats: host.stats,
    caughtUpWith,
    stop: () => closers.closeAll(),
  };
}

type HostOptions = Pick<StandaloneOptions, "log" | "host"> &
  Pick<TradingHostOptions, "bus" | "journal" | "clock"> & { readonly databaseUrl: string };

async function startHost(
  { bus, journal, clock, log, databaseUrl, host: options = {} }: HostOptions,
  closers: Closers,
): Promise<TradingHost> {
  const snapshots = startSnapshots({
    databaseUrl,
    onBadSnapshot: (shard, reason) => log.error({ shard, reason }, "a snapshot does not fit its journal; left aside"),
  });
  closers.add("snapshots", snapshots.stop);
  const hostId = `standalone-${randomUUID()}`;
  const writeSnapshot = snapshots.write;
  const host = createTradingHost({ bus, journal, mechanisms, clock, hostId, log, writeSnapshot, options });
  await host.start();
  closers.add("trading host", host.stop);
  return host;
}

async function startPostgres(options: StandaloneOptions, closers: Closers): Promise<EmbeddedServer> {
  const { onPostgres } = options;
  const postgres = await startEmbedded({
    folder: join(options.dataFolder, "postgres"),
    ...(onPostgres === undefined ? {} : { onEvent: onPostgres }),
  });
  closers.add("Postgres", postgres.stop);
  return postgres;
}

function openSearch(databaseUrl: string, { log, search: how }: StandaloneOptions, closers: Closers): CatalogueSearch {
  const onTrouble = (err: Error): void => log.warn({ err }, "the search met trouble");
  const search = startSearch({ databaseUrl, pollMs: searchPollMs, onTrouble, ...how });
  closers.add("search", search.stop);
  return search;
}

/** A pool on a migrated database that can be trusted with a journal. */
async function openDatabase(url: string, { log }: StandaloneOptions, closers: Closers): Promise<Connection> {
  const onError = (err: Error): void => log.warn({ err }, "the database warns");
  const connection = connect(url, { applicationName: "kontor-standalone", onError });
  closers.add("database", connection.close);
  const faults = await checkServerSettings(connection.sql).catch((error: Error) => [
    `Postgres does not answer: ${error.message}. Check DATABASE_URL, or leave it out to use the embedded server.`,
  ]);
  if (faults.length > 0) throw new StartError(faults);
  await migrate(url).catch((error: Error) => {
    throw new StartError([`The database does not take this release's schema: ${causeOf(error)}.`], { cause: error });
  });
  return connection;
}

async function openMetrics(
  gateway: Parameters<typeof listenForMetrics>[0],
  place: { readonly host: string; readonly port: number },
  closers: Closers,
): Promise<string> {
  const listener = await listenForMetrics(gateway, place).catch((error: NodeJS.ErrnoException) => {
    const { host, port } = place;
    throw new StartError([
      `The metrics cannot be served on ${host}, port ${port} (${error.code}). Set KONTOR_METRICS_PORT.`,
    ]);
  });
  closers.add("metrics", listener.close);
  return `${httpUrlOf(place.host, listener.port)}/metrics`;
}

/** What the server said, without the statement that it said it about. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function answers({ sql }: Connection): Promise<boolean> {
  const late = AbortSignal.timeout(readinessTimeoutMs);
  const answer = sql`select 1`;
  late.addEventListener("abort", () => answer.cancel());
  const rows = await answer;
  return rows.length === 1;
}

type JobParts = Pick<StandaloneOptions, "log" | "clearing" | "buying"> & {
  readonly bus: Bus;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly commandTimeoutMs: number;
};

/** What is done in the background beside the read models. */
function startJobs({ bus, connection: { db }, clock, log, ...options }: JobParts, closers: Closers): void {
  const { commandTimeoutMs } = options;
  const clearing = createClearing({
    ...{ bus, db, clock, log, commandTimeoutMs },
    ...clearingTimes,
    ...options.clearing,
  });
  clearing.start();
  closers.add("clearing", clearing.stop);
  const buying = createBuying({ ...{ bus, db, engine: buyingEngine, clock, log }, ...buyingTimes, ...options.buying });
  buying.start();
  closers.add("buying", buying.stop);
  const importer = createImporter({ bus, db, clock, log, pollMs: importPollMs });
  importer.start();
  closers.add("importer", importer.stop);
}
