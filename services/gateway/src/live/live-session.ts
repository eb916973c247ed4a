import type { Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfInstant, shardOfPart } from "@kontor/kernel";
import type { CommandType, Problem } from "@kontor/protocol";
import { ClientMessage, exchangeChannels, personCommands, problemOf } from "@kontor/protocol";
import { commandPermissionOf, streamPermissionOf } from "../access/declarations.ts";
import type { Gate } from "../access/gate.ts";
import { invalid, unstorableTextIn } from "../plugins/validation.ts";
import { problemOfError, Refusal } from "../refusal.ts";
import { problemOfAnswer } from "../trading/answer-problem.ts";
import type { CommandDesk } from "../trading/command-desk.ts";
import type { DisconnectCancels } from "./disconnect-cancels.ts";
import type { Hub } from "./hub.ts";
import { isImport, shardOfStream } from "./hub.ts";
import type { LiveConnection } from "./live-connection.ts";
import { StreamSubscription } from "./stream-subscription.ts";

export type SessionParts = {
  readonly connection: LiveConnection;
  readonly hub: Hub;
  readonly gate: Gate;
  readonly desk: CommandDesk;
  readonly cancels: DisconnectCancels;
  readonly now: () => Micros;
  readonly subscriptionsMax: number;
  /** So many refusals for haste in a row end the connection. */
  readonly hasteMax: number;
  readonly isClosing: () => boolean;
  readonly refused: (problem: Problem) => void;
  readonly failed: (error: unknown) => void;
};

type MessageOf<Op extends ClientMessage["op"]> = Extract<ClientMessage, { op: Op }>;

/** What one connection asks for, message by message. Every message gets exactly one answer. */
export class LiveSession {
  readonly #parts: SessionParts;
  /** The last question about each stream that is not answered yet. */
  readonly #asked = new Map<string, Promise<void>>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  receive(data: Buffer, isBinary: boolean): void {
    const { connection, now } = this.#parts;
    if (!connection.isOpen) return; // What comes after our close may come from who has no business here any more.
    if (isBinary) return connection.close("protocol_violation");
    const message = parsedJson(data);
    const waitMs = connection.bucket.take(now() / 1000);
    if (waitMs > 0) return this.#refuseHaste(message, waitMs);
    connection.refusedInARow = 0;
    const problem = this.#faultOf(message);
    if (problem !== null) return this.#refuse(idIn(message), problem);
    connection.spoken = true;
    this.#handle(message as ClientMessage).catch((error: unknown) => {
      const refusal = problemOfError(error);
      if (refusal.code === "internal") this.#parts.failed(error);
      this.#refuse(idIn(message), refusal);
    });
  }

  #refuseHaste(message: unknown, waitMs: number): void {
    const { connection, hasteMax } = this.#parts;
    connection.refusedInARow += 1;
    if (connection.refusedInARow > hasteMax) return connection.close("rate_limited");
    this.#refuse(idIn(message), problemOf("rate_limited", { retryAfterMs: waitMs }));
  }

  #faultOf(message: unknown): Problem | null {
    if (message === undefined) return problemOf("body_unreadable");
    const damage = unstorableTextIn(message);
    if (damage !== null) return invalid([damage]).problem;
    const parsed = ClientMessage.safeParse(message);
    return parsed.success ? null : invalid(parsed.error.issues).problem;
  }

  #refuse(re: string, problem: Problem): void {
    this.#parts.refused(problem);
    this.#parts.connection.send({ re, ok: false, problem });
  }

  async #handle(message: ClientMessage): Promise<void> {
    const { connection } = this.#parts;
    switch (message.op) {
      case "command":
        return await this.#command(message);
      case "subscribe":
        return await this.#inTurn(message.stream, () => this.#subscribe(message));
      case "unsubscribe":
        return await this.#inTurn(message.stream, () => this.#unsubscribe(message));
      case "time":
        return connection.send({ re: message.id, ok: true, result: { now: this.#parts.now() / 1000 } });
    }
  }

  async #command({ id, command: given, validUntil }: MessageOf<"command">): Promise<void> {
    const { connection, desk, isClosing } = this.#parts;
    if (isClosing()) throw new Refusal("shutting_down", { retryAfterMs: 1_000 });
    const command = commandOf(given);
    const stale = validUntil === undefined ? {} : { validUntil: validMicros(validUntil) };
    connection.pending += 1;
    try {
      const actor = await this.#parts.gate.actorFor(
        connection.identity,
        commandPermissionOf(command.type as CommandType),
        targetOf(command, connection.company),
      );
      if (diesWithConnection(command)) {
        if (!connection.isOpen) return; // Nobody is there any more for whom it would be in the book.
        this.#parts.cancels.expect({ instrumentId: command.instrumentId, session: command.session, actor });
      }
      const answer = await desk.send({ key: id, command, actor, ...stale });
      if (!answer.ok) return this.#refuse(id, problemOfAnswer(answer));
      const { epoch, seq, at, result } = answer;
      connection.send({ re: id, ok: true, epoch, seq, at: instantOfMicros(at), result });
    } finally {
      connection.pending -= 1;
    }
  }

  /** What is asked about one stream is done as it was asked: who gives one up at once does not get it later. */
  async #inTurn(stream: string, act: () => Promise<void>): Promise<void> {
    const before = this.#asked.get(stream);
    const turn = before === undefined ? act() : before.then(act, act);
    this.#asked.set(stream, turn);
    try {
      await turn;
    } finally {
      if (this.#asked.get(stream) === turn) this.#asked.delete(stream);
    }
  }

  #unsubscribe({ id, stream }: MessageOf<"unsubscribe">): Promise<void> {
    const { connection } = this.#parts;
    connection.subscriptions.get(stream)?.cancel();
    connection.send({ re: id, ok: true });
    return Promise.resolve();
  }

  async #subscribe({ id, stream, from }: MessageOf<"subscribe">): Promise<void> {
    const { connection, hub, subscriptionsMax } = this.#parts;
    const existing = connection.subscriptions.get(stream);
    let isAgreed = false;
    const agree = (): void => {
      if (!isAgreed) connection.send({ re: id, ok: true });
      isAgreed = true;
    };
    if (existing !== undefined) {
      await hub.resume(existing, from, agree);
      return agree();
    }
    const isFull = (): boolean => connection.subscriptions.size >= subscriptionsMax;
    const full = { limit: subscriptionsMax };
    if (isFull()) throw new Refusal("too_many_subscriptions", full);
    const subscription = await this.#admitted(stream, agree);
    if (isFull()) throw new Refusal("too_many_subscriptions", full); // Others came in meanwhile.
    connection.subscriptions.set(stream, subscription);
    try {
      if (!(await hub.follow(subscription, from))) {
        throw new Refusal(isImport(subscription.stream) ? "import_unknown" : "not_found");
      }
      agree(); // One that was taken away meanwhile was not announced.
    } catch (error) {
      subscription.cancel();
      throw error;
    }
  }

  /** @throws Refusal when the caller may not see the stream */
  async #admitted(stream: string, announce: () => void): Promise<StreamSubscription> {
    const { connection, gate } = this.#parts;
    const actor = await gate.actorFor(
      connection.identity,
      streamPermissionOf(stream),
      targetOfStream(stream, connection.company),
    );
    return new StreamSubscription(connection, { stream, actor }, announce);
  }
}

const channels: ReadonlySet<string> = new Set(exchangeChannels);

export function targetOfStream(stream: string, company: string | undefined) {
  const ofInstrument = channels.has(stream.split(":", 1)[0] ?? "");
  const shard = stream === "me" || isImport(stream) ? undefined : shardOfStream(stream);
  return {
    ...(shard !== undefined && (ofInstrument ? { instrumentId: shard } : { tenderId: shard })),
    ...(company === undefined ? {} : { company }),
  };
}

type AnyCommand = Parameters<CommandDesk["send"]>[0]["command"];

/** @throws Refusal `request_invalid` for an unknown type or members that do not fit it */
function commandOf(given: { readonly type: string }): AnyCommand {
  const schema = Object.hasOwn(personCommands, given.type) ? personCommands[given.type as CommandType] : null;
  if (schema === null) {
    throw invalid([{ path: ["command", "type"], code: "invalid_value", message: "There is no such command." }]);
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.issues, "/command");
  return parsed.data;
}

function targetOf(command: AnyCommand, company: string | undefined) {
  const { tenderId, lotId, instrumentId, marketplaceId, terms, side } = command as AnyCommand & {
    readonly marketplaceId?: string;
    readonly terms?: { readonly direction?: "buy" | "sell" };
    readonly side?: "buy" | "sell";
  };
  const direction = terms?.direction ?? side;
  const shard = tenderId ?? (lotId === undefined ? null : shardOfPart(lotId));
  return {
    ...(marketplaceId === undefined ? {} : { marketplaceId }),
    ...(shard === null ? {} : { tenderId: shard }),
    ...(instrumentId === undefined ? {} : { instrumentId }),
    ...(direction === undefined ? {} : { direction }),
    ...(company === undefined ? {} : { company }),
  };
}

type OrderOfConnection = { readonly instrumentId: string; readonly session: number };

function diesWithConnection(command: AnyCommand): command is AnyCommand & OrderOfConnection {
  if (command.type !== "submit_order") return false;
  const { cancelOnDisconnect, session } = command as { cancelOnDisconnect?: boolean; session?: number };
  return cancelOnDisconnect === true && session !== undefined;
}

function validMicros(text: string): Micros {
  const at = microsOfInstant(text);
  if (at === null) throw invalid([{ path: ["validUntil"], code: "invalid_format", message: "An RFC 3339 instant." }]);
  return at;
}

/** Undefined for what is no JSON. */
function parsedJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** What the answer refers to, as far as it can be made out. */
function idIn(message: unknown): string {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" && id.isWellFormed() ? id.slice(0, 64) : "";
}
