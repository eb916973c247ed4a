import type { Actor, JsonObject } from "@kontor/kernel";
import type { ImportRecord, Problem } from "@kontor/protocol";

/*
 * What gateways and trading hosts say to each other over the bus. JSON values only; in-process they are passed by
 * reference, so receivers never change them. Everything outside Postgres carries (shard, epoch, seq).
 */

/** A command of any mechanism; the gateway has validated it, the shard's engine knows its members. */
export type TradingCommand = { readonly type: string };

export type CommandRequest = {
  /** Owner and order of the command, such as the procedure it belongs to. */
  readonly shard: string;
  /** By its engine's name; a shard of another mechanism is not found. */
  readonly mechanism: string;
  readonly key: string;
  readonly command: TradingCommand;
  readonly actor: Actor;
  /** UTC microseconds; the host refuses the command when it is stamped later. */
  readonly validUntil?: number;
};

/** `at` is in UTC microseconds; the gateway writes it as an instant. */
export type CommandAnswer =
  | {
      readonly ok: true;
      readonly epoch: number;
      readonly seq: number;
      readonly at: number;
      readonly result: JsonObject;
    }
  /** A journaled rejection has a position; a refusal of the host (overloaded, key_reused, command_stale ...) has none. */
  | {
      readonly ok: false;
      readonly epoch?: number;
      readonly seq?: number;
      readonly at?: number;
      readonly problem: Problem;
    };

export type ViewRequest = {
  readonly shard: string;
  readonly stream: string;
  readonly actor: Actor;
  /** Read and not followed: no updates of the stream follow from this. */
  readonly once?: true;
};

/** Which part of a stream an actor gets. */
export type Audience = "public" | "owner" | "company";

export type ViewAnswer =
  | {
      readonly found: true;
      readonly epoch: number;
      /** Journal position whose committed state this is. */
      readonly seq: number;
      readonly audience: Audience;
      readonly marketplaceId: string;
      readonly ownerCompanyId: string;
      readonly view: JsonObject;
      readonly own?: JsonObject;
    }
  | { readonly found: false; readonly retry?: Problem };

/**
 * Merge patches of one stream for each audience that saw a change. An audience that may open the stream only from now
 * on gets a patch of the empty object; `null` ends the stream for an audience.
 */
export type StreamUpdate = {
  readonly stream: string;
  readonly public?: unknown;
  readonly owner?: unknown;
  readonly participant?: unknown;
  readonly own?: Readonly<Record<string, unknown>>;
  /** Companies whose audience changed to or from `company`: they need a new snapshot; `own` leaves them out. */
  readonly moved?: readonly string[];
};

/**
 * Published on `live.<shard>` after every commit that changed a view somebody asked for in this epoch; `prevSeq` is
 * the shard update before it, or the position at which the epoch began. A view read at a position from `prevSeq` on
 * takes this update next. The first update of an epoch has no `updates`: it says that views must be read again.
 */
export type ShardUpdate = {
  readonly shard: string;
  readonly epoch: number;
  readonly prevSeq: number;
  readonly seq: number;
  readonly at: number;
  readonly updates: readonly StreamUpdate[];
};

/** Published on `journal` after every commit: read models may catch up. */
export type JournalHint = { readonly shard: string; readonly seq: number };

/** Published on `notices`: a stored notice for one company, or for one person who acts for it. */
export type NoticeHint = { readonly companyId: string; readonly userId?: string; readonly notice: JsonObject };

/** Published on `imports`: how far an import has come, for the company that it is of. */
export type ImportHint = { readonly record: ImportRecord };

/** What a host does with a shard. `reason` is the code of what it was frozen for. */
export type ShardCondition = {
  readonly shard: string;
  readonly state: "serving" | "loading" | "frozen";
  readonly reason?: string;
};

/** Reads a frozen shard from the journal again; any other is left as it is. */
export type RecoverShardRequest = { readonly shard: string };

/** The shards that were asked about, as they are by then; none that the host which answers does not have. */
export type ShardsAnswer = { readonly shards: readonly ShardCondition[] };

export const subjects = {
  command: "trading.command",
  view: "trading.view",
  frozenShards: "trading.frozen_shards",
  recoverShard: "trading.recover_shard",
  live: (shard: string): string => `live.${shard}`,
  journal: "journal",
  notices: "notices",
  imports: "imports",
} as const;
