import type { Bus, ImportHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { checkStoredLadder } from "@kontor/catalog";
import type { Applying, Database, Ending, HeldImport, ImportWork } from "@kontor/db";
import {
  applyAll,
  applyNext,
  beginApplying,
  createClassLists,
  createImportWork,
  createToldClasses,
  ImportCancelled,
  ImportLost,
  maySell,
  noteRejected,
  RowsRejected,
  refreshFigures,
  stageBatch,
  stagedBatches,
  tellClones,
} from "@kontor/db";
import { UnreadableFile } from "@kontor/formats";
import type { Clock } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { ImportRecord } from "@kontor/protocol";
import { importFaults, problemKinds } from "@kontor/protocol";
import type { BackgroundJobs } from "../background-jobs.ts";
import { createBackgroundJobs } from "../background-jobs.ts";
import type { Log } from "../create-worker.ts";
import { catalogRules } from "./catalogue-rules.ts";
import { createPlanner } from "./plan-batch.ts";
import { readAhead } from "./read-ahead.ts";
import { MappingWrong, readBatches, rowsPerBatch } from "./read-rows.ts";

export type ImporterOptions = {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish">;
  readonly clock: Clock;
  readonly log: Log;
  /** How often it is looked whether an import waits. */
  readonly pollMs: number;
  /** How long an import is another worker's that is not heard of any more. */
  readonly leaseMs?: number;
};

const usualLeaseMs = 30_000;
const sweepEveryMs = 600_000;
/** Batches after which it is looked whether tables have grown so much that they should be counted again. */
const batchesPerCount = 5;

/** Nothing can be taken of an import as a whole. */
class ImportRefused extends Error {
  override readonly name = "ImportRefused";
  readonly failure: NonNullable<Ending["failure"]>;

  constructor(failure: NonNullable<Ending["failure"]>) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Brings vendors' catalogues in. Several may run: each import has one of them at a time. */
export function createImporter(options: ImporterOptions): BackgroundJobs {
  const { db, clock, log, pollMs } = options;
  const work = createImportWork(db);
  const importer = new Importer(options, work);
  const sweep = () => work.sweep(clock.now());
  const jobs = createBackgroundJobs(
    [
      { name: "imports", everyMs: pollMs, run: () => importer.workOff() },
      { name: "import leftovers", everyMs: sweepEveryMs, run: sweep },
    ],
    { log, failed: "an import could not go on; tried again later" },
  );
  return {
    start: () => jobs.start(),
    async stop() {
      importer.stop();
      await jobs.stop();
    },
  };
}

class Importer {
  readonly #options: ImporterOptions;
  readonly #work: ImportWork;
  readonly #leaseMs: number;
  readonly #stopping = new AbortController();
  #keptAt = 0;

  constructor(options: ImporterOptions, work: ImportWork) {
    this.#options = options;
    this.#work = work;
    this.#leaseMs = options.leaseMs ?? usualLeaseMs;
  }

  /** The import under way is let go after its batch, for another worker or the next start. */
  stop(): void {
    this.#stopping.abort();
  }

  async workOff(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const held = await this.#work.claim(this.#leaseMs);
      if (held === undefined) return;
      await this.#workOn(held);
    }
  }

  async #workOn(held: HeldImport): Promise<void> {
    this.#keptAt = performance.now();
    try {
      await this.#carryOut(held);
      this.#tell(await this.#work.end(held, { state: "done" }));
    } catch (error) {
      const ending = endingOf(error);
      if (ending !== null) return this.#tell(await this.#work.end(held, ending));
      if (error instanceof ImportLost) return;
      await this.#work.release(held);
      if (!this.#stopping.signal.aborted) throw error;
    }
  }

  async #carryOut(held: HeldImport): Promise<void> {
    const { db } = this.#options;
    const staged = held.state === "applying" ? undefined : await this.#stage(held);
    if (staged?.rowsRead === 0) throw new UnreadableFile("file_empty", "The file has no rows.", { hint: "Send rows." });
    const applying = this.#applying(held);
    if (held.dryRun) return await this.#applyValid(held, { ...applying, write: false });
    if (!(await maySell(db, held))) throw refusedFor("forbidden", "Ask the marketplace to let your company sell.");
    if (held.apply === "valid") await this.#applyValid(held, applying);
    else await this.#applyWhole(held, applying, staged);
    await tellClones(db, held, applying);
  }

  async #stage(held: HeldImport): Promise<ImportRecord> {
    let record = await this.#work.record(held.id);
    const classes = createToldClasses(this.#options.db, held);
    const reading = { held, bytes: this.#work.file(held), classes, signal: this.#stopping.signal };
    for await (const batch of readAhead(readBatches(reading))) {
      record = await stageBatch(this.#options.db, held, batch);
      this.#tell(record);
      await this.#keep(held);
    }
    if (record === undefined) throw new ImportLost();
    return record;
  }

  #applying(held: HeldImport): Applying {
    const common = { rules: catalogRules, check: checkStoredLadder, now: this.#options.clock.now() };
    return { ...common, planner: createPlanner(held), classes: createClassLists(), write: true };
  }

  async #applyValid(held: HeldImport, applying: Applying): Promise<void> {
    const { db, clock } = this.#options;
    if (applying.write) await beginApplying(db, held);
    const before = await this.#work.record(held.id);
    if (before !== undefined) this.#tell(before);
    const staged = stagedBatches(db, held, { after: held.appliedTo, limit: rowsPerBatch });
    let batches = 0;
    for await (const rows of readAhead(staged)) {
      this.#stopping.signal.throwIfAborted();
      batches += 1;
      if (applying.write && batches % batchesPerCount === 0) await refreshFigures(db);
      this.#tell(await applyNext(db, held, { ...applying, now: clock.now(), rows }));
      await this.#keep(held);
    }
  }

  async #applyWhole(held: HeldImport, applying: Applying, staged: ImportRecord | undefined): Promise<void> {
    const { db } = this.#options;
    const record = staged ?? (await this.#work.record(held.id));
    if (record === undefined) throw new ImportLost();
    if (record.rowsFailed > 0) throw rowsFailed(record.rowsFailed);
    const { importAllRowsMax: limit } = limits;
    if (record.rowsValid > limit) {
      throw new ImportRefused({
        code: "import_rows_too_many",
        message: importFaults.import_rows_too_many,
        hint: `Split it into files of ${limit} rows at most, or have every valid row applied.`,
      });
    }
    await beginApplying(db, held);
    try {
      await applyAll(db, held, {
        ...applying,
        limit: rowsPerBatch,
        between: async () => {
          this.#stopping.signal.throwIfAborted();
          await this.#work.keep(held, this.#leaseMs);
        },
      });
    } catch (error) {
      if (!(error instanceof RowsRejected)) throw error;
      await noteRejected(db, held, error.rejected);
      throw rowsFailed(error.rejected.length);
    }
  }

  async #keep(held: HeldImport): Promise<void> {
    if (performance.now() - this.#keptAt < this.#leaseMs / 3) return;
    await this.#work.keep(held, this.#leaseMs);
    this.#keptAt = performance.now();
  }

  /** A copy for whoever follows it; the record itself is stored. */
  #tell(record: ImportRecord): void {
    const hint: ImportHint = { record };
    this.#options.bus.publish(subjects.imports, hint);
  }
}

function rowsFailed(count: number): ImportRefused {
  return new ImportRefused({
    code: "import_rows_failed",
    message: importFaults.import_rows_failed,
    hint: `Correct the failed rows, of which there are ${count}, or have every valid row applied.`,
  });
}

function refusedFor(code: keyof typeof problemKinds, hint: string): ImportRefused {
  return new ImportRefused({ code, message: problemKinds[code].title, hint });
}

/** How an import ends by what was thrown; null where it goes on another time. */
function endingOf(error: unknown): Ending | null {
  if (error instanceof ImportCancelled) return { state: "cancelled" };
  if (error instanceof ImportRefused) return { state: "failed", failure: error.failure };
  if (error instanceof UnreadableFile) {
    const { code, message, hint } = error;
    return { state: "failed", failure: { code, message, hint } };
  }
  if (!(error instanceof MappingWrong)) return null;
  return { state: "failed", failure: { code: "import_mapping_wrong", message: error.message, hint: error.hint } };
}
