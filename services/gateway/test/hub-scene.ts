import type { ShardUpdate, StreamUpdate, ViewAnswer, ViewRequest } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { JsonObject } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";
import { Hub } from "../src/live/hub.ts";
import type { LiveLimits } from "../src/live/live-limits.ts";
import { liveLimits } from "../src/live/live-limits.ts";
import { createTradingClient } from "../src/trading/trading-client.ts";
import type { Message } from "./fake-client.ts";
import { FakeHost, foundView } from "./fake-host.ts";

export const shard = "0190a7c0-0000-7000-8000-000000000001";
export const stream = `lot:${shard}-1`;
/** Of the same shard; its changes may be put together. */
export const conflatedStream = `book:${shard}`;

type Admitted = Record<string, JsonObject>;

/** A host with one lot: a price for everyone, and a part of their own for admitted companies. */
class Lot {
  readonly host: FakeHost;
  epoch = 1;
  seq = 10;
  lastUpdate = 10;
  price: JsonObject = { price: "100" };
  admitted: Admitted = {};

  constructor(host: FakeHost) {
    this.host = host;
    host.view = (request) => this.look(request);
  }

  look({ actor }: ViewRequest): ViewAnswer {
    const at = { epoch: this.epoch, seq: this.seq };
    const own = this.admitted[actor.companyId ?? ""];
    if (actor.companyId === "hidden") return { found: false };
    if (actor.kind === "operator") return foundView({ ...at, audience: "owner", view: { ...this.price, all: true } });
    if (own !== undefined) return foundView({ ...at, audience: "company", view: this.price, own });
    return foundView({ ...at, view: this.price });
  }

  /** One commit: what each part of the stream gets. */
  commit(parts: Omit<StreamUpdate, "stream">, name = stream): void {
    this.seq += 1;
    this.price = applyMergePatch(this.price, parts.participant ?? parts.public ?? {}) as JsonObject;
    for (const [companyId, patch] of Object.entries(parts.own ?? {})) {
      this.admitted[companyId] = applyMergePatch(this.admitted[companyId], patch) as JsonObject;
    }
    this.publish({ updates: [{ stream: name, ...parts }] });
  }

  publish(parts: Partial<ShardUpdate>): void {
    const at = 1_800_000_000_000_000;
    const update = { shard, epoch: this.epoch, prevSeq: this.lastUpdate, seq: this.seq, at, updates: [], ...parts };
    this.lastUpdate = update.seq;
    this.host.publish(update);
  }
}

export function scene(limits: Partial<LiveLimits> = {}) {
  const bus = createInProcessBus();
  const lot = new Lot(new FakeHost(bus));
  const hub = new Hub({
    bus,
    view: createTradingClient(bus, 1_000).view,
    unread: () => Promise.resolve(2),
    readImport: () => Promise.resolve(undefined),
    now: () => 1_800_000_000_000_000,
    limits: { ...liveLimits, ...limits },
    hubId: "hub",
  });
  return { bus, lot, hub };
}

/** Lets everything that is on its way arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The state that a client holds after these messages; throws where numbers do not follow. */
export function stateAfter(messages: readonly Message[]) {
  let state: { epoch: unknown; seq: unknown; view: unknown; own: unknown } | null = null;
  for (const message of messages) {
    if ("snapshot" in message) {
      state = { epoch: message["epoch"], seq: message["seq"], view: message["snapshot"], own: message["own"] };
    } else if ("event" in message) {
      if (state === null || message["epoch"] !== state.epoch) throw new Error("a change of an unknown run");
      if (message["prev"] !== state.seq) throw new Error(`gap: ${String(message["prev"])} after ${String(state.seq)}`);
      const { patch, own } = message["event"] as { patch?: unknown; own?: unknown };
      state = {
        epoch: state.epoch,
        seq: message["seq"],
        view: patch === undefined ? state.view : applyMergePatch(state.view, patch),
        own: own === undefined ? state.own : applyMergePatch(state.own, own),
      };
    }
  }
  return state;
}
