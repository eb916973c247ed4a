import type { Notice, Sql } from "postgres";
import postgres from "postgres";
import { reconnectDelay } from "../backoff.ts";
import { appendStatement, writerSession } from "./append-statement.ts";
import type { SegmentWrite } from "./journal-store.ts";
import { classifyWriteError, JournalWriteError } from "./write-error.ts";

export type WriterOptions = {
  readonly url: string;
  /** Appends that may run at the same time, each on a connection of its own. */
  readonly lanes: number;
  /** From the call to the answer; silence for longer makes the outcome `UNKNOWN`. */
  readonly timeoutMs: number;
};

export type Writer = {
  readonly append: (segments: readonly SegmentWrite[]) => Promise<ReadonlySet<string>>;
  readonly close: () => Promise<void>;
};

/** How much of an append's time may pass before it is sent. */
const waitingShare = 0.8;

/** A connection that carries one statement at a time, so a failure can only be that statement's own. */
type Lane = { readonly sql: Sql; refuse: (error: JournalWriteError) => void };

/**
 * The only writer of the journal in this process. It has its own connections: no other statement can delay or break
 * an append, and a connection whose state is in doubt is thrown away instead of being used again.
 */
export function createWriter({ url, lanes, timeoutMs }: WriterOptions): Writer {
  const idle: Lane[] = Array.from({ length: lanes }, () => openLane(url));
  const open = new Set(idle);
  const waiting: ((lane: Lane) => void)[] = [];
  let closed = false;

  function release(lane: Lane): void {
    const next = waiting.shift();
    if (next) next(lane);
    else idle.push(lane);
  }

  /** Whatever the discarded connection still carries can only hit an epoch that its shard's owner raises next. */
  function replace(lane: Lane): Lane {
    open.delete(lane);
    void lane.sql.end({ timeout: 0 });
    const fresh = openLane(url);
    open.add(fresh);
    return fresh;
  }

  async function append(segments: readonly SegmentWrite[]): Promise<ReadonlySet<string>> {
    if (closed) throw new JournalWriteError("NOT_APPLIED", "the journal is closed");
    if (segments.length === 0) return new Set();
    const batch = ordered(segments);
    const deadline = performance.now() + timeoutMs;
    const lane = idle.pop() ?? (await laneWithin(timeoutMs * waitingShare, waiting));
    try {
      const rows = await answerBefore(deadline, lane, batch);
      release(lane);
      return new Set(rows.map((row) => String(row["shard"])));
    } catch (error) {
      const failure = failureOf(error);
      release(failure.outcome === "UNKNOWN" && !closed ? replace(lane) : lane);
      throw failure;
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...open].map(({ sql }) => sql.end({ timeout: 5 })));
  }

  return { append, close };
}

function openLane(url: string): Lane {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    backoff: reconnectDelay,
    keep_alive: 10,
    onnotice: (notice) => {
      if (!standbyWaitCancelled(notice)) return;
      lane.refuse(new JournalWriteError("UNKNOWN", "committed here, but a standby may not have it"));
    },
    connection: { application_name: "kontor-journal", ...writerSession },
  });
  const lane: Lane = { sql, refuse: () => {} };
  return lane;
}

function answerBefore(deadline: number, lane: Lane, batch: readonly SegmentWrite[]): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(new JournalWriteError("UNKNOWN", "the database did not answer in time"));
    const timer = setTimeout(silent, Math.max(0, deadline - performance.now()));
    lane.refuse = reject;
    appendStatement(lane.sql, batch)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

type Row = Record<string, unknown>;

/**
 * Nothing has been sent yet while waiting for a lane, so giving up here applies nothing. It gives up early enough to
 * leave time for an answer: a batch sent at the last moment would end as unknown for no reason.
 */
function laneWithin(waitMs: number, waiting: ((lane: Lane) => void)[]): Promise<Lane> {
  return new Promise((resolve, reject) => {
    const take = (lane: Lane) => {
      clearTimeout(timer);
      resolve(lane);
    };
    const giveUp = () => {
      waiting.splice(waiting.indexOf(take), 1);
      reject(new JournalWriteError("NOT_APPLIED", "no writer became free in time"));
    };
    const timer = setTimeout(giveUp, waitMs);
    waiting.push(take);
  });
}

/** Sorted, so that writers which meet lock heads in one order and cannot deadlock. */
function ordered(segments: readonly SegmentWrite[]): readonly SegmentWrite[] {
  const sorted = [...segments].sort((left, right) => (left.shard < right.shard ? -1 : 1));
  for (const [index, { shard, prevHash, hash, firstSeq, lastSeq }] of sorted.entries()) {
    if (shard === sorted[index + 1]?.shard) throw new RangeError(`one batch holds two segments of shard ${shard}`);
    if (prevHash.length !== 32 || hash.length !== 32) throw new RangeError(`hashes of shard ${shard} are not 32 bytes`);
    if (lastSeq < firstSeq) throw new RangeError(`segment of shard ${shard} ends before it starts`);
  }
  return sorted;
}

/** The server then reports success although no standby has confirmed. The routine's name is never translated. */
function standbyWaitCancelled(notice: Notice): boolean {
  return notice["severity"] === "WARNING" && notice["routine"] === "SyncRepWaitForLSN";
}

function failureOf(error: unknown): JournalWriteError {
  if (error instanceof JournalWriteError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new JournalWriteError(classifyWriteError(error), message, { cause: error });
}
