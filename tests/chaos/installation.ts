import { join } from "node:path";
import type { EmbeddedEvent } from "@kontor/db/embedded";
import { parseGatewayConfig } from "@kontor/gateway";
import type { Standalone } from "@kontor/standalone";
import { createStandalone } from "@kontor/standalone";
import pino from "pino";
import { Profiler } from "./profiler.ts";
import type { FromServer, ServerOrder, ToServer } from "./server-messages.ts";

const authSecret = "a secret of the harness that is long enough";

async function main(order: ServerOrder): Promise<void> {
  const log = pino({ level: "warn" }, pino.destination({ dest: join(order.folder, "kontor.log"), sync: true }));
  const gateway = parseGatewayConfig({ KONTOR_AUTH_SECRET: authSecret, KONTOR_RATE_LIMITS: "off" });
  if (!gateway.ok) throw new Error(gateway.faults.join("\n"));
  const loadedAt = performance.now();
  const standalone = await createStandalone({
    dataFolder: order.folder,
    databaseUrl: null,
    port: order.port,
    gateway: gateway.config,
    authSecret,
    log,
    onPostgres: (event) => tell({ type: "postgres", event: event.type, ...messageOf(event) }),
    ...(order.host === undefined ? {} : { host: order.host }),
    ...(order.liveLimits === undefined ? {} : { liveLimits: order.liveLimits }),
  });
  listen(standalone);
  tell({
    type: "ready",
    url: standalone.url,
    databaseUrl: standalone.databaseUrl,
    loadingMs: loadedAt,
    startingMs: performance.now() - loadedAt,
  });
}

function messageOf(event: EmbeddedEvent): { readonly detail?: string } {
  return event.type === "restart_failed" ? { detail: event.error.message } : {};
}

function listen(standalone: Standalone): void {
  const end = (): void => {
    void standalone.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("disconnect", end).once("SIGTERM", end).once("SIGINT", end);
  if (!process.connected) end(); // The parent went while all this was starting.
  process.on("message", (message: ToServer) => {
    if (message.type === "memory") tell({ type: "memory", ...memory(message.collect) });
    else if (message.type === "cpu") tell({ type: "cpu", micros: cpuMicros() });
    else if (message.type === "profile") void profile(message.into);
    else end();
  });
}

const profiler = new Profiler();

async function profile(into: string | null): Promise<void> {
  await (into === null ? profiler.start() : profiler.stop(into));
  tell({ type: "profiled" });
}

/** Bytes. The heap is what is really in use when garbage was collected before; that needs `--expose-gc`. */
function memory(collect: boolean): { readonly rss: number; readonly heapUsed: number } {
  if (collect) globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function tell(message: FromServer): void {
  if (process.connected) process.send?.(message);
}

/**
 * Runs one whole installation, told by the parent process over a channel what to do. It ends in order when it is asked
 * to, and also when the parent is gone, so that nothing outlives a harness that was killed.
 */
export function serveParent(): void {
  process.once("message", (order: ServerOrder) => {
    main(order).catch((error: unknown) => {
      tell({ type: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      process.exitCode = 1;
      process.disconnect();
    });
  });
}
