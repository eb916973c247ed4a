import type { EmbeddedEvent } from "@kontor/db/embedded";
import { tuneCompiler } from "@kontor/trading";
import type { Logger } from "pino";
import { bannerOf } from "./banner.ts";
import { processEnvironment, usualPort } from "./config.ts";
import type { Standalone } from "./create-standalone.ts";
import { createStandalone } from "./create-standalone.ts";
import { offeredAccounts } from "./demo/demo-accounts.ts";
import { runDemo } from "./demo/run-demo.ts";
import { createLog } from "./log.ts";
import type { StandaloneConfig } from "./settings.ts";
import { parseStandaloneConfig } from "./settings.ts";
import { StartError } from "./start-error.ts";
import { stdoutTerminal } from "./terminal.ts";
import { ensureWebBuilt, webFolder } from "./web/build-web.ts";

/** A stop that takes longer is not going to end. */
const stopWithinMs = 15_000;

const { say } = stdoutTerminal;

/** Starts the installation that the environment describes and runs it until a signal. */
async function main([unasked]: readonly string[]): Promise<void> {
  if (unasked !== undefined) return fail([`npm start takes no arguments; ${unasked} is one. Settings are variables.`]);
  const startedAt = performance.now();
  tuneCompiler();
  const environment = processEnvironment();
  const outcome = parseStandaloneConfig(environment);
  if (!outcome.ok)
    return fail(["Kontor cannot start; these settings are wrong:", ...outcome.faults.map((line) => `  ${line}`)]);
  const { config } = outcome;
  const stopWanted = stopSignal();
  const onError = (line: string): void => say(`Error: ${line}`);
  const log = createLog({ dataFolder: config.dataFolder, to: config.log, level: config.gateway.logLevel, onError });
  say("Kontor is starting ...");
  await ensureWebBuilt(say);
  const standalone = await startOrExplain(config, log);
  if (standalone === null) return;
  dieInOrder(standalone, log);
  const { url, metricsUrl } = standalone;
  const { dataFolder, port, demo: withDemo } = config;
  const movedFrom = port === null && new URL(url).port !== String(usualPort) ? usualPort : null;
  const prefix = (environment["KONTOR_DATA"] ?? "") === "" ? "" : `KONTOR_DATA=${environment["KONTOR_DATA"]} `;
  const marketplaces = await standalone.marketplaces();
  const startedInMs = performance.now() - startedAt;
  say(...bannerOf({ url, metricsUrl, startedInMs, dataFolder, prefix, movedFrom, demo: withDemo, marketplaces }));
  const demo = withDemo ? runDemo({ url, accounts: standalone.accounts, say, log }) : null;
  await stopWanted;
  say("Kontor is stopping ...");
  await demo?.stop();
  await stop(standalone);
  say("Stopped.");
}

async function startOrExplain(config: StandaloneConfig, log: Logger): Promise<Standalone | null> {
  try {
    // The people of the demo sign up at once; it runs for this machine alone.
    const gateway = { ...config.gateway, ...(config.demo ? { signUpsPerMinute: 60 } : {}) };
    const webApp = { folder: webFolder, demoAccounts: config.demo ? offeredAccounts() : [] };
    return await createStandalone({
      ...{ ...config, gateway, log, webApp },
      onPostgres: (event) => tellOfPostgres(event, log),
    });
  } catch (error) {
    log.warn({ err: error }, "start failed");
    fail(["Kontor cannot start:", ...linesOf(error).map((line) => `  ${line}`)]);
    return null;
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof StartError) return error.lines;
  return [error instanceof Error ? error.message : String(error)];
}

function fail(lines: readonly string[]): void {
  say(...lines);
  process.exitCode = 1;
}

/** Resolves at the first request to stop, also one that comes during the start. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
}

async function stop(standalone: Standalone): Promise<void> {
  const overdue = setTimeout(() => {
    say("It takes too long; what is left is cut off. Nothing acknowledged is lost.");
    process.exit(1);
  }, stopWithinMs);
  await standalone.stop();
  clearTimeout(overdue);
}

/** After an error that nobody caught the state of this process is not known: end it, the journal has everything. */
function dieInOrder(standalone: Standalone, log: Logger): void {
  const die = (error: unknown): void => {
    log.fatal({ err: error }, "unexpected error");
    fail([`Kontor ends after an unexpected error: ${linesOf(error).join("; ")}`]);
    void stop(standalone).finally(() => process.exit(1));
  };
  process.once("uncaughtException", die);
  process.once("unhandledRejection", die);
}

function tellOfPostgres(event: EmbeddedEvent, log: Logger): void {
  log.warn({ event }, "Postgres");
  if (event.type === "server_adopted") say("Postgres was left running by a process that died; it is taken over.");
  if (event.type === "server_died") say("Postgres has ended unexpectedly; it is being started again.");
  if (event.type === "server_restarted") say("Postgres runs again.");
  if (event.type === "restart_failed") say(`Postgres does not start: ${event.error.message}. Trying again.`);
}

await main(process.argv.slice(2));
