import { sql as raw } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import postgres from "postgres";
import { reconnectDelay } from "../src/backoff.ts";

/** What became of one transaction or statement, as its caller was told. */
export type Fate = "committed" | "rolled_back" | "failed" | "hung";

export type FloodOptions = {
  readonly url: string;
  readonly transactions: number;
  /** Calls at the same time: many times the pool, so that the pipeline is always full. */
  readonly callers: number;
  readonly connections: number;
  /** Calls between two killed backends. */
  readonly killEvery: number;
  readonly seed: number;
};

export type FloodResult = {
  readonly transactions: ReadonlyMap<number, Fate>;
  readonly statements: ReadonlyMap<number, Fate>;
  readonly killed: number;
  readonly errors: ReadonlyMap<string, number>;
};

const settleWithinMs = 45_000;

/** Marks a transaction that the caller gave up on purpose. */
class GivenUp extends Error {}

/** A row remembers the transaction of the server that wrote it, whatever its caller believes. */
export async function createFloodTable(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`create table flood (
    call int not null, part int not null, backend int not null default pg_backend_pid(),
    xid text not null default pg_current_xact_id()::text)`;
  await sql.end();
}

/**
 * Runs transactions of two rows each (through the driver and through drizzle, every fifth given up) between single
 * statements of one row each, on a pool that is far too small, while backends are killed at random.
 */
export async function flood(options: FloodOptions): Promise<FloodResult> {
  const { url, transactions, callers, connections, killEvery, seed } = options;
  const name = `flood-${seed}`;
  const pool = postgres(url, {
    max: connections,
    onnotice: () => {},
    backoff: reconnectDelay,
    connection: { application_name: name },
  });
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const results = { transactions: new Map<number, Fate>(), statements: new Map<number, Fate>() };
  const errors = new Map<string, number>();
  const random = randomOf(seed);
  let next = 0;
  let killed = 0;
  let killing = Promise.resolve();

  async function settle(work: Promise<unknown>): Promise<Fate> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<Fate>((resolve) => {
      timer = setTimeout(resolve, settleWithinMs, "hung");
    });
    const answer = work.then(
      (): Fate => "committed",
      (error: unknown): Fate => {
        if (error instanceof GivenUp) return "rolled_back";
        const reason = reasonOf(error);
        errors.set(reason, (errors.get(reason) ?? 0) + 1);
        return "failed";
      },
    );
    return await Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }

  async function caller(): Promise<void> {
    while (next < transactions) {
      const call = next++;
      const single = settle(pool`insert into flood (call, part) values (${call}, 0)`);
      results.transactions.set(call, await settle(transaction(pool, call)));
      results.statements.set(call, await single);
      if (call % killEvery === 0) killing = killing.then(killOne);
    }
  }

  /** One after another, each when the callers have got on by so many: the load of the machine changes nothing. */
  async function killOne(): Promise<void> {
    const victims = await admin`select pid from pg_stat_activity where application_name = ${name} order by pid`;
    const victim = victims[Math.floor(random() * victims.length)];
    if (victim) killed += (await admin`select pg_terminate_backend(${victim["pid"]})`).length;
  }

  await Promise.all(Array.from({ length: callers }, caller));
  await killing;
  await Promise.all([pool.end({ timeout: 5 }), admin.end()]);
  return { ...results, killed, errors };
}

/** Two rows or none, in one of four shapes. */
function transaction(pool: Sql, call: number): Promise<unknown> {
  const giveUp = () => {
    if (call % 5 === 0) throw new GivenUp();
  };
  if (call % 4 === 0) {
    return drizzle(pool).transaction(async (tx) => {
      await tx.execute(raw`insert into flood (call, part) values (${call}, 1)`);
      await tx.execute(raw`insert into flood (call, part) values (${call}, 2)`);
      giveUp();
    });
  }
  return pool.begin(async (tx) => {
    const first = tx`insert into flood (call, part) values (${call}, 1)`;
    if (call % 3 === 0) await first;
    const second = tx`insert into flood (call, part) values (${call}, 2)`;
    await Promise.all([first, second]);
    giveUp();
  });
}

export type Stray = { readonly call: number; readonly complaint: string };

/** Compares what is stored with what the callers were told. An empty list is the only good answer. */
export async function straysOf(url: string, { transactions, statements }: FloodResult): Promise<readonly Stray[]> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ call: number; part: number; xid: string }[]>`select call, part, xid from flood`;
  await sql.end();
  const strays: Stray[] = [];
  const ownerOf = new Map<string, string>();
  const found = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    const owner = `${row.call} ${row.part === 0 ? "statement" : "transaction"}`;
    const known = ownerOf.get(row.xid);
    if (known !== undefined && known !== owner)
      strays.push({ call: row.call, complaint: `shares a transaction with ${known}` });
    ownerOf.set(row.xid, owner);
    found.set(owner, [...(found.get(owner) ?? []), row]);
  }
  const check = (kind: string, fates: ReadonlyMap<number, Fate>, complete: number) => {
    for (const [call, fate] of fates) {
      const mine = found.get(`${call} ${kind}`) ?? [];
      const complain = (complaint: string) => strays.push({ call, complaint: `${kind} ${fate}: ${complaint}` });
      if (new Set(mine.map(({ xid }) => xid)).size > 1) complain("is split over transactions");
      if (mine.length !== 0 && mine.length !== complete) complain(`left ${mine.length} rows`);
      if (fate === "committed" && mine.length === 0) complain("left nothing");
      if (fate === "rolled_back" && mine.length > 0) complain("left rows");
    }
  };
  check("transaction", transactions, 2);
  check("statement", statements, 1);
  return strays;
}

function reasonOf(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: string };
    if (code) return code;
  }
  return String(error);
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
