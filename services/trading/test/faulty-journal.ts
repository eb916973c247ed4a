import type { JournalStore } from "@kontor/db";
import { JournalWriteError } from "@kontor/db";

/**
 * What happens to one append.
 *
 * `drop_reply`  stored, but the caller hears of a lost connection; `lose` the same, not stored
 * `refuse`      not stored, and the caller is told so; `silent` stored, and no reply ever comes
 * `hold`        nothing happens until `release`, then it runs
 */
export type AppendFault = "drop_reply" | "lose" | "refuse" | "silent" | "hold";

export type FaultyJournal = JournalStore & {
  /** The next appends, one fault each; undefined lets one through. */
  readonly plan: (AppendFault | undefined)[];
  /** Runs the appends that were held; resolves when they have run. */
  readonly release: () => Promise<void>;
  readonly held: () => number;
  /** While true every call fails as with a database that is gone. */
  down: boolean;
};

export function createFaultyJournal(journal: JournalStore): FaultyJournal {
  const plan: (AppendFault | undefined)[] = [];
  let held: (() => Promise<void>)[] = [];
  const unknown = () => new JournalWriteError("UNKNOWN", "connection lost");

  async function append(...args: Parameters<JournalStore["append"]>): Promise<ReadonlySet<string>> {
    if (faulty.down) throw unknown();
    switch (plan.shift()) {
      case undefined:
        return await journal.append(...args);
      case "drop_reply":
        await journal.append(...args);
        throw unknown();
      case "lose":
        throw unknown();
      case "refuse":
        throw new JournalWriteError("NOT_APPLIED", "disk full");
      case "silent":
        await journal.append(...args);
        return await new Promise(() => {});
      case "hold":
        return await new Promise((resolve, reject) => {
          held.push(() => journal.append(...args).then(resolve, reject));
        });
    }
  }

  const guarded =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      faulty.down ? Promise.reject(new Error("connect ECONNREFUSED")) : call(...args);

  const faulty: FaultyJournal = {
    ...journal,
    plan,
    down: false,
    held: () => held.length,
    async release() {
      const due = held;
      held = [];
      await Promise.all(due.map((run) => run()));
    },
    append,
    createShard: guarded(journal.createShard),
    claim: guarded(journal.claim),
    heads: guarded(journal.heads),
    listShards: guarded(journal.listShards),
    closeShard: guarded(journal.closeShard),
    hosts: {
      renew: guarded(journal.hosts.renew),
      list: guarded(journal.hosts.list),
      remove: guarded(journal.hosts.remove),
    },
  };
  return faulty;
}
