import { EventEmitter, once } from "node:events";
import type { Options, Sql } from "postgres";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { TestDatabase } from "../src/testing/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";
import { createFloodTable, flood, straysOf } from "./driver-flood.ts";

/** The gate that packages/docs/adr/0003-postgres-driver.md asks for: numbers in brackets are the patch's own. */
let database: TestDatabase;
let admin: Sql;
let pools: Sql[] = [];
let uncaught: unknown[] = [];
const onUncaught = (error: unknown) => {
  uncaught.push(error);
};

beforeAll(async () => {
  database = await createTestDatabase();
  admin = postgres(database.url, { max: 1, onnotice: () => {} });
  process.on("uncaughtException", onUncaught);
  process.on("unhandledRejection", onUncaught);
});
beforeEach(async () => {
  await createFloodTable(database.url);
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
  pools = [];
  await admin`drop table flood`;
  expect(uncaught).toEqual([]);
  uncaught = [];
});
afterAll(async () => {
  process.off("uncaughtException", onUncaught);
  process.off("unhandledRejection", onUncaught);
  await admin.end();
  await database.drop();
});

/** A pool that tells when one of its connections is lost. */
function openPool(options: Options<Record<string, never>> = {}): { sql: Sql; lost: () => Promise<unknown> } {
  const events = new EventEmitter();
  const sql = postgres(database.url, { max: 1, onnotice: () => {}, onclose: () => events.emit("lost"), ...options });
  pools.push(sql);
  return { sql, lost: () => once(events, "lost") };
}

const terminate = (pid: unknown) => admin`select pg_terminate_backend(${Number(pid)})`;
const pidOf = async (sql: Sql) => (await sql`select pg_backend_pid() as pid`)[0]?.["pid"];
const storedCalls = async () => (await admin`select call from flood order by call`).map((row) => row["call"]);

test("10,000 transactions under random kills: no stray row, no hung call, no uncaught error", {
  timeout: 120_000,
}, async () => {
  const result = await flood({
    url: database.url,
    transactions: 10_000,
    callers: 400,
    connections: 4,
    killEvery: 20,
    seed: 20_260_101,
  });

  expect(await straysOf(database.url, result)).toEqual([]);
  const fates = [...result.transactions.values(), ...result.statements.values()];
  expect(fates).toHaveLength(20_000);
  expect(fates.filter((fate) => fate === "hung")).toEqual([]);
  // A gate that sees nothing proves nothing: backends died, callers noticed, and most of the work was done.
  expect(result.killed).toBeGreaterThan(100);
  expect(fates.filter((fate) => fate === "failed").length).toBeGreaterThan(50);
  expect(fates.filter((fate) => fate === "committed").length).toBeGreaterThan(10_000);
});

test("[1] a transaction that starts where the pipeline is full has its connection to itself", async () => {
  for (let ahead = 195; ahead <= 205; ahead += 1) {
    const { sql } = openPool({ max: 2 });
    await Promise.all([pidOf(sql), pidOf(sql)]);
    const statements = Array.from({ length: ahead }, () => sql`insert into flood (call, part) values (0, 0)`.execute());
    const transactions = [1, 2, 3, 4].map((part) =>
      sql.begin(async (tx) => {
        await tx`insert into flood (call, part) values (${ahead}, ${part})`;
        await tx`insert into flood (call, part) values (${ahead}, ${part})`;
      }),
    );
    await Promise.all([...statements, ...transactions]);
    await sql.end();
  }
  const shared = await admin`select xid from flood where call = 0 group by xid having count(*) > 1`;
  expect(shared).toHaveLength(0);
  const split =
    await admin`select call, part from flood where call > 0 group by call, part having count(distinct xid) > 1`;
  expect(split).toHaveLength(0);
  expect(await admin`select 1 from flood where call > 0`).toHaveLength(11 * 4 * 2);
});

test("[9] a transaction that timed out while idle sends nothing into the one that got its connection", async () => {
  const { sql } = openPool();
  for (let round = 0; round < 40; round += 1) {
    const begun = Promise.withResolvers<void>();
    const tried = Promise.withResolvers<void>();
    let other: Promise<unknown> | undefined;
    const timedOut = sql.begin(async (tx) => {
      await tx`insert into flood (call, part) values (${round}, 1)`;
      await tx`set local idle_in_transaction_session_timeout = 30`;
      other = sql.begin(async (mine) => {
        await mine`insert into flood (call, part) values (${1_000 + round}, 1)`;
        begun.resolve();
        await tried.promise;
        throw new Error("rolled back");
      });
      other.catch(() => {});
      await begun.promise;
      await tx`insert into flood (call, part) values (${round}, 2)`.catch(() => {});
      tried.resolve();
    });
    await expect(timedOut).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    await expect(other).rejects.toThrow("rolled back");
  }
  expect(await storedCalls()).toEqual([]);
});

test("[3] [5] [9] a transaction whose backend was killed is rejected, also when it never sends anything again", async () => {
  const { sql } = openPool();
  const sleeping = sql.begin(async (tx) => {
    await terminate(await pidOf(tx as unknown as Sql));
    await new Promise(() => {});
  });
  await expect(sleeping).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });

  const sending = sql.begin(async (tx) => {
    await terminate(await pidOf(tx as unknown as Sql));
    for (;;) await tx`insert into flood (call, part) values (1, 1)`;
  });
  await expect(sending).rejects.toThrow();

  const running = sql.begin((tx) => tx`select pg_terminate_backend(pg_backend_pid())`);
  await expect(running).rejects.toThrow();
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  expect(await storedCalls()).toEqual([]);
});

test("[5] a statement after an idle connection was killed does not inherit its error", async () => {
  const { sql, lost } = openPool();
  for (let round = 0; round < 40; round += 1) {
    const pid = await pidOf(sql);
    const noticed = lost();
    await terminate(pid);
    await noticed;
    await sql`insert into flood (call, part) values (${round}, 0)`;
  }
  expect(await storedCalls()).toHaveLength(40);
});

test("[5] [12] statements behind the one whose backend is killed are rejected, and the pool goes on", async () => {
  const { sql } = openPool();
  const pid = await pidOf(sql);
  const sleeping = sql`select pg_sleep(60)`.execute();
  const behind = Array.from({ length: 20 }, () => sql`select 1`.execute());
  const settled = Promise.allSettled([sleeping, ...behind]);
  await terminate(pid);
  expect((await settled).map(({ status }) => status)).toContain("rejected");
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
});

test("[8] [9] a reserved connection whose backend was killed refuses its holder and returns to the pool", async () => {
  const { sql, lost } = openPool({ fetch_types: false });
  const held = await sql.reserve();
  const noticed = lost();
  await terminate(await pidOf(held));
  await noticed;

  const next = sql.reserve();
  await expect(held`insert into flood (call, part) values (1, 1)`).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  held.release();
  const second = await next;
  const waiting = sql`insert into flood (call, part) values (2, 0)`.execute();
  await second`select 1`;
  second.release();
  await waiting;
  expect(await storedCalls()).toEqual([2]);
});

test("[9] statements sent after their transaction's end are refused", async () => {
  const { sql } = openPool({ max: 2 });
  const late: Promise<unknown>[] = [];
  for (let round = 0; round < 50; round += 1) {
    let leaked: Sql | undefined;
    const work = sql.begin(async (tx) => {
      leaked = tx as unknown as Sql;
      await tx`select 1`;
    });
    // Before, while and after the commit runs.
    for (let turn = 0; turn < 12; turn += 1) {
      await Promise.resolve();
      if (leaked && turn > 10) late.push(leaked`insert into flood (call, part) values (${round}, 1)`.execute());
    }
    await work;
    if (leaked) late.push(leaked`insert into flood (call, part) values (${round}, 2)`.execute());
  }
  const fates = await Promise.allSettled(late);
  expect(fates.filter(({ status }) => status === "rejected").length).toBeGreaterThanOrEqual(50);
  expect(await admin`select 1 from flood where part = 2`).toHaveLength(0);
});

test("[2] a statement that cannot be sent is rejected alone", async () => {
  const { sql } = openPool();
  await pidOf(sql);
  const missing = undefined as unknown as string;
  const fates = await Promise.allSettled([
    sql`insert into flood (call, part) values (1, 0)`,
    sql`insert into flood (call, part) values (${missing}, 0)`,
    sql`insert into flood (call, part) values (2, 0)`,
  ]);
  expect(fates.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await storedCalls()).toEqual([1, 2]);
});

test("[6] a statement whose plan went stale is not sent again inside the transaction behind it", async () => {
  const { sql } = openPool();
  const insert = () => sql`insert into flood (call, part) values (1, 0) returning *`.execute();
  await insert();
  await admin`alter table flood add column extra int`;
  const single = insert();
  const rolledBack = sql.begin(async (tx) => {
    await tx`select 1`;
    throw new Error("rolled back");
  });
  const [fate] = await Promise.allSettled([single, rolledBack]);
  expect(await storedCalls()).toHaveLength(fate.status === "fulfilled" ? 2 : 1);
  await insert();
});

test("[10] a transaction opened by hand is ended before anybody else gets its connection", async () => {
  const { sql } = openPool({ max: 2 });
  await expect(sql`begin`).rejects.toMatchObject({ code: "UNSAFE_TRANSACTION" });
  const insert = () => sql`insert into flood (call, part) values (7, 0)`;
  await expect.poll(() => insert().then(() => "stored")).toBe("stored");
  await sql.end();
  expect(await storedCalls()).toContain(7);
});

test("[11] a transaction with a failed statement that nobody awaited is not reported as committed", async () => {
  const { sql } = openPool();
  const work = sql.begin(async (tx) => {
    await tx`insert into flood (call, part) values (1, 1)`;
    void tx`insert into flood (call, part) values (null, 2)`.execute();
  });
  await expect(work).rejects.toMatchObject({ code: "23502" });
  expect(await storedCalls()).toEqual([]);
});
