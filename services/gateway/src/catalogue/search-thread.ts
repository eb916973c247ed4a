// Runs in a thread of its own: building an index takes seconds of computing, and a search many milliseconds, which the
// sockets of bidders must not wait for.
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { connect, forgetChanges } from "@kontor/db";
import { invariant } from "@kontor/kernel";
import { SearchDesk } from "./search-desk.ts";
import type { FromThread, SearchAsk, ThreadData, ToThread } from "./search-messages.ts";

invariant(parentPort !== null, "the search runs in a thread");
const port = parentPort;
const { databaseUrl, pollMs } = workerData as ThreadData;
const connection = connect(databaseUrl, { max: 2, applicationName: "kontor-search", statementTimeoutMs: 120_000 });
const desk = new SearchDesk({ db: connection.db, clock: { now: () => Date.now() * 1_000 } });
const stopping = new AbortController();

const say = (message: FromThread): void => port.postMessage(message);
const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

async function answer(id: number, ask: SearchAsk): Promise<void> {
  try {
    say({ kind: "page", id, page: await desk.find(ask) });
  } catch (error) {
    say({ kind: "failed", id, message: textOf(error) });
  }
}

port.on("message", (message: ToThread) => {
  if (message.kind === "ask") void answer(message.id, message.ask);
  else stopping.abort();
});

const changesKeptMs = 86_400_000;
const forgetEveryMs = 3_600_000;
let forgottenAt = performance.now();

/** Whoever has slept longer than changes are kept begins anew, so that one index may delete behind all. */
async function turn(): Promise<void> {
  await desk.catchUp();
  if (performance.now() - forgottenAt < forgetEveryMs) return;
  forgottenAt = performance.now();
  await forgetChanges(connection.db, changesKeptMs);
}

while (!stopping.signal.aborted) {
  await turn().catch((error: unknown) => say({ kind: "trouble", message: textOf(error) }));
  await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => {});
}
await connection.close();
port.close();
