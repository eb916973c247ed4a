import type { JsonObject } from "@kontor/kernel";
import { mergePatchOf } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";
import type { SocketConstructor, SocketLike } from "../src/live/socket.ts";
import type { VirtualClock } from "./virtual-clock.ts";

type Message = Record<string, unknown>;
type Document = { seq: number; view: JsonObject; own: JsonObject | undefined; frames: Message[] };

/** What happens to the next frames of streams on their way; other messages always pass. */
export type Fault = "pass" | "drop" | "duplicate" | "delay";

const delayedMs = 700;
const ringFrames = 5;
const heartbeatMs = 1_000;

/** A server of live streams as the protocol describes it, with a wire that loses, doubles and holds back frames. */
export class FakeServer {
  readonly documents = new Map<string, Document>();
  readonly executed = new Map<string, number>();
  readonly Socket: SocketConstructor;
  readonly #clock: VirtualClock;
  readonly #links = new Set<FakeLink>();
  epoch = "e1";
  /** Next frame first; when empty, frames pass. */
  faults: Fault[] = [];
  refusesLinks = false;
  /** The answers to commands are lost, their effects are not. */
  swallowsAnswers = false;
  /** Refuses the next commands with these, first one first; they have no effect. */
  refusals: Problem[] = [];
  /** Keys of the commands that came, in order. */
  readonly asked: string[] = [];
  subscribes = 0;
  handshakes: unknown[] = [];
  addresses: string[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    const links = this.#links;
    const server = this;
    this.Socket = class implements SocketLike {
      onopen = null;
      onmessage = null;
      onclose = null;
      onerror = null;
      readonly #link: FakeLink;
      constructor(url: string, options?: never) {
        server.addresses.push(url);
        server.handshakes.push(options);
        this.#link = new FakeLink(server, clock, this);
        links.add(this.#link);
      }
      send = (text: string): void => this.#link.receive(JSON.parse(text) as Message);
      close = (): void => this.#link.cut();
    };
    this.#beat();
  }

  /** Changes a stream and tells its subscribers. */
  change(stream: string, next: { readonly view?: JsonObject; readonly own?: JsonObject | undefined }): void {
    const document = this.#document(stream);
    const view = next.view ?? document.view;
    const own = "own" in next ? next.own : document.own;
    const patch = mergePatchOf(document.view, view) ?? undefined;
    const ownPatch = ownPatchOf(document.own, own);
    const { seq } = document;
    const event = {
      type: "changed",
      at: "2026-11-01T10:00:00Z",
      patch,
      own: ownPatch,
    };
    const frame = { stream, epoch: this.epoch, seq: seq + 1, prev: seq, event };
    Object.assign(document, { seq: seq + 1, view, own });
    document.frames = [...document.frames, frame].slice(-ringFrames);
    for (const link of this.#links) if (link.streams.has(stream)) this.#deliver(link, frame);
  }

  end(stream: string, reason: string): void {
    for (const link of this.#links) if (link.streams.delete(stream)) link.deliver({ stream, ended: reason });
  }

  /** All links go down and numbers start anew, as after a gateway's restart. */
  restart(): void {
    this.#nextEpoch();
    this.cutAll();
  }

  /** Numbers start anew on links that stay, as after a shard's recovery: everyone gets a snapshot. */
  recover(): void {
    this.#nextEpoch();
    for (const link of this.#links) for (const stream of link.streams) link.deliver(this.#snapshot(stream));
  }

  goodbye(reconnectAfterMs: number): void {
    for (const link of this.#links) link.deliver({ goodbye: "restart", reconnectAfterMs });
    this.cutAll();
  }

  cutAll(): void {
    for (const link of [...this.#links]) link.cut();
  }

  /** Links stay open but nothing passes any more, in either direction. */
  freeze(): void {
    for (const link of this.#links) link.frozen = true;
  }

  get linkCount(): number {
    return this.#links.size;
  }

  forget(link: FakeLink): void {
    this.#links.delete(link);
  }

  answer(link: FakeLink, message: Message): void {
    const { id, op } = message;
    if (op === "time") link.deliver({ re: id, ok: true, result: { now: this.#clock.now() } });
    if (op === "unsubscribe") link.streams.delete(String(message["stream"]));
    if (op === "subscribe") this.#subscribe(link, message);
    if (op === "command") {
      this.asked.push(String(id));
      const problem = this.refusals.shift();
      if (problem !== undefined) return link.deliver({ re: id, ok: false, problem });
      const count = this.execute(String(id));
      if (!this.swallowsAnswers) link.deliver({ re: id, ok: true, ...receipt, result: { count } });
    }
  }

  /** How often the key had an effect: always once. */
  execute(key: string): number {
    if (!this.executed.has(key)) this.executed.set(key, 1);
    return this.executed.get(key) ?? 0;
  }

  #nextEpoch(): void {
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`;
    for (const document of this.documents.values()) Object.assign(document, { seq: 0, frames: [] });
  }

  #snapshot(stream: string): Message {
    const { seq, view, own } = this.#document(stream);
    return { stream, epoch: this.epoch, seq, snapshot: view, own };
  }

  #subscribe(link: FakeLink, message: Message): void {
    this.subscribes++;
    const stream = String(message["stream"]);
    const document = this.#document(stream);
    const from = message["from"] as { epoch: string; seq: number } | undefined;
    link.streams.add(stream);
    link.deliver({ re: message["id"], ok: true });
    const missing = document.frames.filter((frame) => Number(frame["seq"]) > (from?.seq ?? 0));
    const covered = from?.epoch === this.epoch && missing.length === document.seq - from.seq;
    for (const frame of covered ? missing : [this.#snapshot(stream)]) this.#deliver(link, frame);
  }

  #deliver(link: FakeLink, frame: Message): void {
    const fault = this.faults.shift() ?? "pass";
    if (fault === "delay") this.#clock.after(delayedMs, () => link.deliver(frame));
    else if (fault !== "drop") link.deliver(frame);
    if (fault === "duplicate") link.deliver(frame);
  }

  #document(stream: string): Document {
    let document = this.documents.get(stream);
    if (document === undefined) {
      document = { seq: 0, view: {}, own: undefined, frames: [] };
      this.documents.set(stream, document);
    }
    return document;
  }

  #beat(): void {
    this.#clock.after(heartbeatMs, () => {
      for (const link of this.#links) {
        const seqs = Array.from(link.streams, (stream) => [stream, this.#document(stream).seq]);
        link.deliver({ heartbeat: this.#clock.now(), streams: Object.fromEntries(seqs) });
      }
      this.#beat();
    });
  }
}

/** Null where the private part goes, all of it where it comes. */
function ownPatchOf(from: JsonObject | undefined, to: JsonObject | undefined): unknown {
  if (from === undefined || to === undefined) return to ?? (from === undefined ? undefined : null);
  return mergePatchOf(from, to) ?? undefined;
}

const receipt = { epoch: 1, seq: 1, at: "2026-11-01T10:00:00.000000Z" };

class FakeLink {
  readonly streams = new Set<string>();
  frozen = false;
  readonly #server: FakeServer;
  readonly #socket: SocketLike;
  #open = true;

  constructor(server: FakeServer, clock: VirtualClock, socket: SocketLike) {
    this.#server = server;
    this.#socket = socket;
    clock.after(1, () => {
      if (server.refusesLinks) this.cut();
      else if (this.#open) this.#socket.onopen?.(undefined as never);
    });
  }

  receive(message: Message): void {
    if (this.#open && !this.frozen) this.#server.answer(this, message);
  }

  /** As text and back, so that nobody shares an object with the other side. */
  deliver(message: Message): void {
    if (this.#open && !this.frozen) this.#socket.onmessage?.({ data: JSON.stringify(message) } as never);
  }

  cut(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#server.forget(this);
    this.#socket.onclose?.({ code: 1006 } as never);
  }
}
