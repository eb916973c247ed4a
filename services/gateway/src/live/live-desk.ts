import { setTimeout as pause } from "node:timers/promises";
import type { Micros } from "@kontor/kernel";
import { streamPermissionOf } from "../access/declarations.ts";
import type { Gate } from "../access/gate.ts";
import { concerns } from "../auth/identify.ts";
import type { Identity } from "../auth/identity.ts";
import type { Revocation } from "../auth/revocations.ts";
import { Refusal } from "../refusal.ts";
import type { LiveConnection } from "./live-connection.ts";
import type { LiveLimits } from "./live-limits.ts";
import { targetOfStream } from "./live-session.ts";
import { wireFrameOf } from "./wire-frame.ts";

/** On a planned stop clients come back after this, spread over as long again. */
const reconnectMs = 1_000;
/** A stop waits this long for answers and for readers. */
const drainMs = 3_000;

type Supervised = {
  readonly connection: LiveConnection;
  /** Reads the credential of the handshake again. */
  readonly identify: () => Promise<Identity | null>;
  recheckAt: number;
  pingAt: number;
};

export type LiveDeskParts = {
  readonly gate: Gate;
  readonly limits: LiveLimits;
  readonly now: () => Micros;
  readonly random: () => number;
};

/** All open connections: their heartbeat, their pings, their permissions as time goes on, and their end. */
export class LiveDesk {
  readonly #parts: LiveDeskParts;
  readonly #open = new Map<LiveConnection, Supervised>();
  readonly #timer: NodeJS.Timeout;
  #closing = false;

  constructor(parts: LiveDeskParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#beat(), parts.limits.heartbeatMs).unref();
  }

  get isClosing(): boolean {
    return this.#closing;
  }

  get size(): number {
    return this.#open.size;
  }

  enter(connection: LiveConnection, identify: Supervised["identify"]): void {
    const nowMs = performance.now();
    const { permissionRecheckMs, socketPingMs } = this.#parts.limits;
    const recheckAt = nowMs + permissionRecheckMs;
    const supervised = { connection, identify, recheckAt, pingAt: nowMs + socketPingMs };
    this.#open.set(connection, supervised);
    // What was announced between the handshake and this moment was not for this connection yet.
    void this.#recheck(supervised);
  }

  leave(connection: LiveConnection): void {
    connection.ended();
    this.#open.delete(connection);
    for (const subscription of [...connection.subscriptions.values()]) subscription.cancel();
  }

  /** Somebody's rights changed: his connections are judged anew at once. */
  revoked(revocation: Revocation): void {
    for (const supervised of this.#open.values()) {
      if (concerns(revocation, supervised.connection.identity)) void this.#recheck(supervised);
    }
  }

  /** Says goodbye to everyone, waits for what is still on its way, then closes. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    clearInterval(this.#timer);
    for (const { connection } of this.#open.values()) {
      const reconnectAfterMs = Math.round(reconnectMs * (1 + this.#parts.random()));
      connection.send({ goodbye: "shutting_down", reconnectAfterMs });
    }
    const until = performance.now() + drainMs;
    while (performance.now() < until && this.#isBusy()) await pause(10);
    for (const { connection } of this.#open.values()) connection.close("goodbye");
  }

  #isBusy(): boolean {
    return [...this.#open.keys()].some(({ pending, unsentBytes }) => pending > 0 || unsentBytes > 0);
  }

  /** Connections with equal streams at equal places get the same bytes. */
  #beat(): void {
    const nowMs = performance.now();
    const head = `{"heartbeat":${this.#parts.now() / 1000},"streams":`;
    const frames = new Map<string, Buffer>();
    for (const supervised of [...this.#open.values()]) {
      const { connection } = supervised;
      if (connection.isStuck(nowMs)) connection.close("slow_consumer");
      else if (!this.#isAlive(supervised, nowMs)) connection.close("idle");
      if (!connection.isOpen) continue;
      const places = placesOf(connection);
      const frame = frames.get(places) ?? wireFrameOf(`${head}${places}}`);
      frames.set(places, frame);
      connection.write(frame, 1);
      if (nowMs >= supervised.recheckAt) void this.#recheck(supervised);
    }
  }

  /** False for a connection that stopped answering pings. */
  #isAlive(supervised: Supervised, nowMs: number): boolean {
    if (nowMs < supervised.pingAt) return true;
    if (!supervised.connection.answeredPing) return false;
    supervised.pingAt = nowMs + this.#parts.limits.socketPingMs;
    supervised.connection.ping();
    return true;
  }

  /** Without an answer about the credential the connection stays; the next round asks again. */
  async #recheck(supervised: Supervised): Promise<void> {
    const { connection } = supervised;
    supervised.recheckAt = performance.now() + this.#parts.limits.permissionRecheckMs;
    try {
      const identity = await supervised.identify();
      if (identity === null) return connection.close("session_ended");
      const before = connection.identity;
      connection.identity = identity;
      for (const subscription of [...connection.subscriptions.values()]) {
        const { stream, actor } = subscription;
        const still = await this.#actorNow(connection, stream);
        const same = still !== null && still.kind === actor.kind && still.companyId === actor.companyId;
        if (!same) subscription.end("forbidden");
      }
      if (hasLostRole(before, identity)) connection.close("session_ended");
    } catch (error) {
      const ended = error instanceof Refusal && error.problem.status === 401;
      if (ended) connection.close("session_ended");
    }
  }

  /** Null when the stream is none of the caller's business any more. */
  async #actorNow(connection: LiveConnection, stream: string) {
    const target = targetOfStream(stream, connection.company);
    try {
      return await this.#parts.gate.actorFor(connection.identity, streamPermissionOf(stream), target);
    } catch (error) {
      if (error instanceof Refusal && error.problem.status < 500) return null;
      throw error;
    }
  }
}

/** Who lost a role, a company or an office goes on with a connection that never had it. */
function hasLostRole(before: Identity, after: Identity): boolean {
  const lostInCompany = [...before.memberships.values()].some(({ companyId, roles }) =>
    roles.some((role) => after.memberships.get(companyId)?.roles.includes(role) !== true),
  );
  const lostOffice = [...before.staffRoles].some(([place, role]) => after.staffRoles.get(place) !== role);
  return lostInCompany || lostOffice || (before.installationAdmin && !after.installationAdmin);
}

function placesOf({ subscriptions }: LiveConnection): string {
  let text = "{";
  for (const { stream, sentSeq } of subscriptions.values()) {
    if (sentSeq !== null) text += `${text.length === 1 ? "" : ","}"${stream}":${sentSeq}`;
  }
  return `${text}}`;
}
