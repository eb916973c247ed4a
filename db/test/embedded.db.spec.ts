import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EmbeddedEvent, EmbeddedServer } from "../src/embedded/index.ts";
import { startEmbedded } from "../src/embedded/index.ts";
import { isPostmasterOf, readPostmaster } from "../src/embedded/postmaster.ts";
import { checkServerSettings, connect, createJournalStore, migrate } from "../src/index.ts";
import { openShard, positionAfter, segmentAfter } from "./given.ts";

/** Each test creates a database cluster, some start further processes. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let folder: string;
let servers: EmbeddedServer[] = [];
let parents: ChildProcess[] = [];
let events: EmbeddedEvent[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kontor-embedded-"));
  events = [];
});
afterEach(async () => {
  for (const parent of parents) parent.kill("SIGKILL");
  for (const server of servers) await server.stop();
  await endOrphan();
  [servers, parents] = [[], []];
  await rm(folder, { recursive: true, force: true });
});

/** Ends the server that a killed parent left in the folder, if any. */
async function endOrphan(): Promise<void> {
  const data = join(folder, "data");
  const orphan = await readPostmaster(data);
  if (!orphan || !(await isPostmasterOf(orphan.pid, data))) return;
  process.kill(orphan.pid, "SIGINT");
  await expect.poll(() => isPostmasterOf(orphan.pid, data), { timeout: 20_000 }).toBe(false);
}

async function start(options: Parameters<typeof startEmbedded>[0] = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder, onEvent: (event) => events.push(event), ...options });
  servers.push(server);
  return server;
}

async function stop(server: EmbeddedServer): Promise<void> {
  servers = servers.filter((one) => one !== server);
  await server.stop();
}

type Started = { readonly parent: ChildProcess; readonly url: string; readonly pid: number; readonly port: number };

/** Starts the server of the folder in a process of its own. */
async function startInChild(account: { uid?: number; gid?: number } = {}): Promise<Started> {
  const script = fileURLToPath(new URL("./embedded-parent.ts", import.meta.url));
  const parent = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"], ...account });
  await once(parent, "spawn");
  parents.push(parent);
  const [line] = await once(createInterface({ input: parent.stdout }), "line");
  return { parent, ...(JSON.parse(String(line)) as Omit<Started, "parent">) };
}

async function kill(process: ChildProcess): Promise<void> {
  const ended = once(process, "exit");
  process.kill("SIGKILL");
  await ended;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(statement);
    return row && Object.values(row)[0];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const eventTypes = () => events.map(({ type }) => type);

test("a first start makes a server that is fit for the journal; a later one finds its data", async () => {
  const first = await start();
  await ask(first.url, "create table kept as select 42 as answer");
  const sql = postgres(first.url, { max: 1 });
  expect(await checkServerSettings(sql)).toEqual([]);
  await sql.end();
  expect(await ask(first.url, "select rolsuper from pg_roles where rolname = current_user")).toBe(false);
  expect(await ask(first.url, "show listen_addresses")).toBe("127.0.0.1");
  expect((await stat(join(folder, "credentials.json"))).mode & 0o777).toBe(0o600);
  await stop(first);

  const second = await start();
  expect(await ask(second.url, "select answer from kept")).toBe(42);
  expect(events).toEqual([]);
});

test("nobody gets in without the password", async () => {
  const { url } = await start();
  const wrong = new URL(url);
  wrong.password = "guessed";
  await expect(ask(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("unsafe settings are told, one line each", async () => {
  const { url } = await start({ settings: { fsync: "off", full_page_writes: "off", synchronous_commit: "off" } });
  const sql = postgres(url, { max: 1 });
  const faults = await checkServerSettings(sql, () => Date.now() - 10_000);
  await sql.end();
  expect(faults).toEqual([
    expect.stringContaining("fsync is off"),
    expect.stringContaining("full_page_writes is off"),
    expect.stringContaining("synchronous_commit is off"),
    expect.stringMatching(/clock is (9|10)\d{3} ms ahead of ours/),
  ]);
});

test("a server left by a killed parent is adopted, again and again", async () => {
  const orphan = await startInChild();
  await ask(orphan.url, "create table kept as select 1 as answer");
  await kill(orphan.parent);
  for (let round = 0; round < 3; round += 1) {
    const heir = await startInChild();
    expect(heir).toMatchObject({ pid: orphan.pid, url: orphan.url });
    await kill(heir.parent);
  }
  const server = await start();
  expect(eventTypes()).toEqual(["server_adopted"]);
  expect(server.url).toBe(orphan.url);
  expect(await ask(server.url, "select answer from kept")).toBe(1);

  await stop(server);
  expect(await isPostmasterOf(orphan.pid, join(folder, "data"))).toBe(false);
});

test("a server left behind with other settings is stopped cleanly and started anew", async () => {
  const orphan = await startInChild();
  await ask(orphan.url, "create table kept as select 1 as answer");
  await kill(orphan.parent);

  const server = await start({ settings: { max_connections: "40" } });
  expect(server.pid()).not.toBe(orphan.pid);
  expect(eventTypes()).toEqual([]);
  expect(await ask(server.url, "show max_connections")).toBe("40");
  expect(await ask(server.url, "select answer from kept")).toBe(1);
  expect(await readFile(join(folder, "server.log"), "utf8")).not.toContain("not properly shut down");
});

test("an adopted server is watched too", async () => {
  await kill((await startInChild()).parent);
  const server = await start();
  process.kill(server.pid(), "SIGKILL");
  await expect.poll(eventTypes, { timeout: 20_000 }).toEqual(["server_adopted", "server_died", "server_restarted"]);
  expect(await ask(server.url, "select 1")).toBe(1);
});

test("a killed server is started again at the same address and has lost nothing acknowledged", async () => {
  const server = await start();
  await ask(server.url, "create table counted (n int)");
  for (let round = 1; round <= 3; round += 1) {
    await ask(server.url, `insert into counted values (${round})`);
    process.kill(server.pid(), "SIGKILL");
    const expected = Array.from({ length: round }, () => ["server_died", "server_restarted"]).flat();
    await expect.poll(eventTypes, { timeout: 20_000 }).toEqual(expected);
    expect(await ask(server.url, "select count(*)::int from counted")).toBe(round);
  }
});

test("while a process of the killed server still holds its memory, the new one waits", async () => {
  const server = await start();
  const sql = postgres(server.url, { max: 1 });
  const [row] = await sql`select pg_backend_pid() as pid`;
  const backend = Number(row?.["pid"]);
  process.kill(backend, "SIGSTOP"); // It cannot notice that its server is gone.
  process.kill(server.pid(), "SIGKILL");
  const log = () => readFile(join(folder, "server.log"), "utf8");
  await expect.poll(log, { timeout: 20_000 }).toContain("pre-existing shared memory block");
  expect(eventTypes()).toEqual(["server_died"]);
  process.kill(backend, "SIGCONT");
  await expect.poll(eventTypes, { timeout: 20_000 }).toEqual(["server_died", "server_restarted"]);
  await sql.end({ timeout: 1 });
});

test("a restart keeps address and data", async () => {
  const server = await start();
  const before = server.pid();
  await ask(server.url, "create table kept as select 1 as answer");
  await server.restart();
  expect(server.pid()).not.toBe(before);
  expect(await ask(server.url, "select answer from kept")).toBe(1);
  expect(eventTypes()).toEqual([]);
});

test("a folder serves one living process at a time", async () => {
  const server = await start();
  await expect(startEmbedded({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
  expect(await ask(server.url, "select 1")).toBe(1);
});

test("a stale pid file that names a stranger harms neither", async () => {
  const server = await start();
  const pidFile = join(folder, "data", "postmaster.pid");
  const written = await readFile(pidFile, "utf8");
  await stop(server);
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  parents.push(stranger);
  await writeFile(pidFile, written.replace(/^\d+/, String(stranger.pid)));

  const next = await start();
  expect(await ask(next.url, "select 1")).toBe(1);
  expect(eventTypes()).toEqual([]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

/** Who owns the data of a server that this process starts. */
async function ownerOfData(): Promise<number> {
  const server = await start();
  const { uid } = await stat(join(folder, "data"));
  await stop(server);
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "kontor-embedded-"));
  return uid;
}

/** Whether this file lies in a folder that no other account may enter. */
async function isClosedToOthers(): Promise<boolean> {
  for (let path = import.meta.dirname; path !== "/"; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return true;
  }
  return false;
}

test("the server runs as an ordinary account, whoever starts it", async () => {
  expect(await ownerOfData()).not.toBe(0);
});

test("an ordinary account starts and adopts it as itself, where it may enter Kontor's folder", async () => {
  // As root, the account that root uses; else our own.
  const account = process.getuid?.() === 0 ? { uid: await ownerOfData(), gid: (await stat(tmpdir())).gid } : {};
  if (account.uid !== undefined && (await isClosedToOthers())) {
    return expect(startInChild(account)).rejects.toMatchObject({ code: "EACCES" });
  }
  if (account.uid !== undefined) await chown(folder, account.uid, account.gid);
  const started = await startInChild(account);
  expect(await ask(started.url, "select 1")).toBe(1);
  await kill(started.parent);
  const heir = await startInChild(account);
  expect(heir.pid).toBe(started.pid);
});

test("pool and journal outlive the server's death without being opened again", async () => {
  const server = await start();
  await migrate(server.url);
  const { sql, close } = connect(server.url, { max: 3 });
  const journal = createJournalStore({ url: server.url });
  let at = await openShard(journal, "lot-1");
  for (let round = 0; round < 3; round += 1) {
    process.kill(server.pid(), "SIGKILL");
    const settled = Promise.allSettled(Array.from({ length: 20 }, () => sql`select 1`));
    const restarts = () => eventTypes().filter((type) => type === "server_restarted").length;
    await expect.poll(restarts, { timeout: 20_000 }).toBe(round + 1);
    await expect
      .poll(
        () =>
          sql`select 1 as one`.then(
            ([row]) => row?.["one"],
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(await settled).toHaveLength(20);

    await journal.append([segmentAfter(at)]).catch((error: unknown) => {
      expect(error).toMatchObject({ outcome: "UNKNOWN" }); // The first one may meet a connection of the dead server.
    });
    const claim = await journal.claim("lot-1", "host-1");
    const segment = segmentAfter({ shard: "lot-1", ...claim });
    expect(await journal.append([segment])).toEqual(new Set(["lot-1"]));
    at = positionAfter(segment);
  }
  await journal.close();
  await close();
});
