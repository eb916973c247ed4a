// Runs in a thread of its own: building an index takes seconds of computing, and a search many milliseconds, which the
// sockets of bidders must not wait for.
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { connect, forgetChanges } from "@kontor/db";
import { invariant } from "@kontor/kernel";
import { SearchDesk } from "./search-desk.ts";
import type { Found, FromThread, ThreadData, ToThread } from "./search-messages.ts";

invariant(parentPort !== null, "the search runs in a thread");
const port = parentPort;
const { databaseUrl, pollMs, warmMax, patienceMs } = workerData as ThreadData;
const connection = connect(databaseUrl, { max: 3, applicationName: "kontor-search", statementTimeoutMs: 120_000 });
const stopping = new AbortController();

const say = (message: FromThread): void => port.postMessage(message);
const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
/** What a stop breaks off is no trouble. */
function tell(error: unknown): void {
  if (!stopping.signal.aborted) say({ kind: "trouble", message: textOf(error) });
}
const clock = { now: () => Date.now() * 1_000 };
const desk = new SearchDesk({ db: connection.db, clock, onTrouble: tell });

/** A small marketplace's index is there before anybody's patience ends; for a large one's the caller comes again. */
async function answer(id: number, marketplaceId: string, find: () => Promise<Found>): Promise<void> {
  try {
    const late = new AbortController();
    const isReady = await Promise.race([
      desk.ready(marketplaceId).then(() => true),
      delay(patienceMs, false, { signal: late.signal }),
    ]).finally(() => late.abort());
    say(isReady ? { kind: "page", id, page: await find() } : { kind: "warming", id });
  } catch (error) {
    say({ kind: "failed", id, message: textOf(error) });
  }
}

port.on("message", (message: ToThread) => {
  if (message.kind === "stop") return stopping.abort();
  const { id, ask } = message;
  const find = message.kind === "ask" ? () => desk.find(message.ask) : () => desk.findSuppliers(message.ask);
  void answer(id, ask.marketplaceId, find);
});

const changesKeptMs = 86_400_000;
const forgetEveryMs = 3_600_000;
const figuresEveryMs = 1_000;
let forgottenAt = performance.now();
let toldAt = 0;

/** Whoever has slept longer than changes are kept begins anew, so that one index may delete behind all. */
async function turn(): Promise<void> {
  await desk.catchUp();
  if (performance.now() - forgottenAt < forgetEveryMs) return;
  forgottenAt = performance.now();
  await forgetChanges(connection.db, changesKeptMs);
}

function tellFigures(): void {
  if (performance.now() - toldAt < figuresEveryMs) return;
  toldAt = performance.now();
  say({ kind: "figures", figures: desk.figures() });
}

const warm = desk.warmUp(warmMax).catch(tell);
while (!stopping.signal.aborted) {
  await turn().catch(tell);
  tellFigures();
  await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => {});
}
await connection.close();
await Promise.all([warm, desk.renewed()]);
port.close();
