import type { Bus, CommandAnswer, CommandRequest, ShardUpdate, ViewAnswer } from "@kontor/bus";
import { createInProcessBus, subjects } from "@kontor/bus";
import type { JournalStore } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import type { HostLog, HostSettings, Mechanisms, TradingEntry, TradingHost } from "../src/index.ts";
import { createTradingHost } from "../src/index.ts";
import type { FaultyJournal } from "./faulty-journal.ts";
import { createFaultyJournal } from "./faulty-journal.ts";
import type { ManualTime } from "./manual-time.ts";
import { createManualTime } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import type { ToyCommand } from "./toy-engine.ts";
import { toyMarket, toyMechanisms } from "./toy-engine.ts";

export const shardA = "0190a000-0000-7000-8000-00000000000a";
export const shardB = "0190a000-0000-7000-8000-00000000000b";

export function member(companyId: string, userId = `${companyId}-user`): Actor {
  return { kind: "member", userId, companyId, marketplaceId: toyMarket };
}

export type Logged = { readonly level: "info" | "warn" | "error"; readonly message: string };

/** One host on a bus of its own, with a journal that may be shared and made to fail. */
export type World = {
  readonly time: ManualTime;
  readonly bus: Bus;
  readonly host: TradingHost;
  readonly journal: FaultyJournal;
  readonly logged: Logged[];
  readonly send: (command: ToyCommand, request?: Partial<CommandRequest>) => Promise<CommandAnswer>;
  readonly view: (actor: Actor, shard?: string) => Promise<ViewAnswer>;
  /** Updates of every shard from now on. */
  readonly watch: () => ShardUpdate[];
  readonly entries: (shard?: string) => Promise<TradingEntry[]>;
};

export type WorldOptions = {
  readonly time?: ManualTime;
  readonly journal?: JournalStore;
  readonly hostId?: string;
  readonly options?: Partial<HostSettings>;
  readonly mechanisms?: Mechanisms;
};

export function createWorld({
  time = createManualTime(),
  journal,
  hostId = "host-1",
  options,
  mechanisms = toyMechanisms,
}: WorldOptions = {}): World {
  const bus = createInProcessBus();
  const store = createFaultyJournal(journal ?? createMemoryJournal(time.now));
  const logged: Logged[] = [];
  const write =
    (level: Logged["level"]): HostLog["info"] =>
    (_data, message) =>
      logged.push({ level, message });
  const log = { info: write("info"), warn: write("warn"), error: write("error") };
  const { clock, timing } = time;
  const host = createTradingHost({
    bus,
    journal: store,
    mechanisms,
    clock,
    hostId,
    log,
    options: { timing, ...options },
  });
  let keys = 0;
  return {
    time,
    bus,
    host,
    journal: store,
    logged,
    send(command, request) {
      const key = `${hostId}-key-${++keys}`;
      const whole = { shard: shardA, mechanism: "toy", key, actor: member("acme"), command, ...request };
      return bus.request(subjects.command, whole, { timeoutMs: 60_000 });
    },
    view: (actor, shard = shardA) =>
      bus.request(subjects.view, { shard, stream: "sale", actor }, { timeoutMs: 60_000 }),
    watch() {
      const updates: ShardUpdate[] = [];
      bus.subscribe(subjects.live("*"), (update: ShardUpdate) => updates.push(update));
      return updates;
    },
    entries: (shard = shardA) => entriesOf(store, shard),
  };
}

export async function entriesOf(journal: JournalStore, shard: string): Promise<TradingEntry[]> {
  const entries: TradingEntry[] = [];
  for await (const segment of journal.readSegments(shard, 0)) {
    entries.push(...decodeEntries<TradingEntry>(segment.entries));
  }
  return entries;
}

/** How long the sale of `openWorld` takes. */
export const saleMs = 60_000;

/** A started world with an open sale in shard A. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const world = createWorld(options);
  await world.host.start();
  await world.send({ type: "open_sale", closesAt: world.time.now() + saleMs * 1_000 }, { actor: member("owner") });
  return world;
}

export function codeOf(answer: CommandAnswer): string {
  return answer.ok ? "ok" : answer.problem.code;
}
