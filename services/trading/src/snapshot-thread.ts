// Runs in a thread of its own: replaying what a busy market has written since its last snapshot takes as long as
// every sixth of its commands, which orders must not wait for.
import { parentPort, workerData } from "node:worker_threads";
import { createJournalStore } from "@kontor/db";
import { invariant } from "@kontor/kernel";
import { mechanisms } from "./mechanisms.ts";
import type { FromSnapshotThread, SnapshotThreadData, ToSnapshotThread } from "./snapshot-messages.ts";
import type { SnapshotDue } from "./snapshot-writes.ts";
import { createSnapshotWrite } from "./snapshot-writes.ts";

invariant(parentPort !== null, "snapshots are written in a thread");
const port = parentPort;
const { databaseUrl, keyWindowMax } = workerData as SnapshotThreadData;
const journal = createJournalStore({ url: databaseUrl, readers: 1 });
const say = (message: FromSnapshotThread): void => port.postMessage(message);

const write = createSnapshotWrite(journal, {
  journal,
  mechanisms,
  keyWindowMax,
  onBadSnapshot: (shard, fault) => say({ kind: "bad_snapshot", shard, message: fault.message }),
});

async function answer(due: SnapshotDue): Promise<void> {
  try {
    say({ kind: "done", outcome: await write(due) });
  } catch (error) {
    say({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

port.on("message", (message: ToSnapshotThread) => {
  if (message.kind === "write") void answer(message.due);
  else void journal.close().finally(() => port.close());
});
