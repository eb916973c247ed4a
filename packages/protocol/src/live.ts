import { z } from "zod";
import { bounds } from "./bounds.ts";
import { exchangeChannels } from "./exchange/views.ts";
import { CommandKey, Instant } from "./primitives.ts";
import { Problem } from "./problem-document.ts";

const instrumentStream = `(?:${exchangeChannels.join("|")}):[0-9a-f-]{36}`;

/** `lot:<id>`, `tender:<id>`, `import:<id>`, `me`, or a channel of an instrument: `book:<id>`. */
export const StreamName = z
  .string()
  .max(120)
  .regex(
    new RegExp(`^(lot:[0-9a-f-]{36}-[1-9]\\d{0,3}|tender:[0-9a-f-]{36}|import:[0-9a-f-]{36}|${instrumentStream}|me)$`),
  );

/** Resume point: the last frame a client holds of a stream. */
export const StreamPosition = z.strictObject({ epoch: z.string().max(80), seq: z.int().nonnegative() });

const RequestId = z.string().min(1).max(bounds.keyLengthMax);

/** The client's messages. `id` of a command is its idempotency key. */
export const ClientMessage = z.discriminatedUnion("op", [
  z.strictObject({ id: RequestId, op: z.literal("subscribe"), stream: StreamName, from: StreamPosition.optional() }),
  z.strictObject({ id: RequestId, op: z.literal("unsubscribe"), stream: StreamName }),
  z.strictObject({
    id: CommandKey,
    op: z.literal("command"),
    /** Validated against the schema of its `type`. */
    command: z.looseObject({ type: z.string().max(64) }),
    /** A command that arrives later is refused with `command_stale`. */
    validUntil: Instant.optional(),
  }),
  z.strictObject({ id: RequestId, op: z.literal("time") }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** Accepted: journaled at (epoch, seq) of its shard before this was sent. */
export const CommandReceipt = z
  .object({
    epoch: z.int().meta({ description: "Epoch of the shard's owner that journaled the command.", examples: [2] }),
    seq: z.int().meta({ description: "Position in the shard's journal.", examples: [17] }),
    at: Instant.meta({
      description: "The server's ingress stamp, which alone decides about lateness.",
      examples: ["2026-11-21T10:30:00.000125Z"],
    }),
    result: z.looseObject({}),
  })
  .meta({ id: "CommandReceipt" });
export type CommandReceipt = z.infer<typeof CommandReceipt>;

export const ServerMessage = z.union([
  z.object({
    re: z.string(),
    ok: z.literal(true),
    epoch: z.int(),
    seq: z.int(),
    at: Instant,
    result: z.looseObject({}),
  }),
  z.object({ re: z.string(), ok: z.literal(true), result: z.looseObject({}).optional() }),
  z.object({ re: z.string(), ok: z.literal(false), problem: Problem }),
  /** State of a stream as of `seq`; `own` is the subscriber's private part. */
  z.object({
    stream: z.string(),
    epoch: z.string(),
    seq: z.int(),
    snapshot: z.looseObject({}),
    own: z.looseObject({}).optional(),
  }),
  /** One change: JSON merge patches (RFC 7396) on the snapshot and its private part, in order, `prev` being the frame before. */
  z.object({
    stream: z.string(),
    epoch: z.string(),
    seq: z.int(),
    prev: z.int(),
    event: z.object({
      type: z.literal("changed"),
      at: Instant,
      patch: z.unknown().optional(),
      own: z.unknown().optional(),
    }),
  }),
  /** A message on `me`. */
  z.object({
    stream: z.literal("me"),
    epoch: z.string(),
    seq: z.int(),
    prev: z.int(),
    event: z.looseObject({ type: z.literal("notice") }),
  }),
  /** The stream ended for this subscriber: permission went or the shard closed. */
  z.object({ stream: z.string(), ended: z.string() }),
  /** Every second; server time in milliseconds and the last seq of each subscribed stream. */
  z.object({ heartbeat: z.number(), streams: z.record(z.string(), z.int()) }),
  /** Sent before a planned close: come back after the hint. */
  z.object({ goodbye: z.string(), reconnectAfterMs: z.int() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
