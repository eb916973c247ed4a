import type {
  Bus,
  CommandAnswer,
  CommandRequest,
  RecoverShardRequest,
  ShardCondition,
  ShardsAnswer,
  TradingCommand,
  ViewAnswer,
  ViewRequest,
} from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { exchangeCommands } from "@kontor/protocol";
import { Refusal } from "../refusal.ts";

/** The registry's name of the mechanism that knows the command. */
function mechanismOf({ type }: TradingCommand): string {
  return Object.hasOwn(exchangeCommands, type) ? "exchange" : "tender";
}

/** A shard that nobody can have made: clients make versioned ids. */
const nobodysShard = "00000000-0000-0000-0000-000000000000";

export type SendCommand = {
  readonly shard: string;
  readonly key: string;
  readonly command: TradingCommand;
  readonly actor: Actor;
  readonly validUntil?: Micros;
};

type FoundView = Extract<ViewAnswer, { found: true }>;

/** Asks trading hosts. Calls reject with a Fault of the bus when nobody serves or nobody answers in time. */
export type TradingClient = {
  readonly command: (request: SendCommand) => Promise<CommandAnswer>;
  /** Null when the actor may not see such a stream, or there is none. @throws Refusal when the host asks to wait. */
  readonly view: (actor: Actor, shard: string, stream: string) => Promise<FoundView | null>;
  /** The same of a stream that nobody will follow: the host does not go on keeping it. */
  readonly viewOnce: (actor: Actor, shard: string, stream: string) => Promise<FoundView | null>;
  /** The shards that the host had to freeze. */
  readonly frozenShards: () => Promise<readonly ShardCondition[]>;
  /** Has a frozen shard read from the journal again; null when the host has no such shard. */
  readonly recoverShard: (shard: string) => Promise<ShardCondition | null>;
  /** Whether some host takes requests and is not too busy to answer one about nothing. */
  readonly answers: () => Promise<boolean>;
};

export function createTradingClient(bus: Bus, timeoutMs: number): TradingClient {
  async function look(request: ViewRequest): Promise<FoundView | null> {
    const answer = await bus.request<ViewAnswer>(subjects.view, request, { timeoutMs });
    if (answer.found) return answer;
    if (answer.retry === undefined) return null;
    const { code, retryAfterMs } = answer.retry;
    throw new Refusal(code === "overloaded" ? "overloaded" : "unavailable", { retryAfterMs: retryAfterMs ?? 1_000 });
  }

  return {
    command: ({ shard, key, command, actor, validUntil }) => {
      const request: CommandRequest = {
        shard,
        mechanism: mechanismOf(command),
        key,
        command,
        actor,
        ...(validUntil === undefined ? {} : { validUntil }),
      };
      return bus.request<CommandAnswer>(subjects.command, request, { timeoutMs });
    },

    async frozenShards() {
      return (await bus.request<ShardsAnswer>(subjects.frozenShards, {}, { timeoutMs })).shards;
    },

    async recoverShard(shard) {
      const request: RecoverShardRequest = { shard };
      const { shards } = await bus.request<ShardsAnswer>(subjects.recoverShard, request, { timeoutMs });
      return shards[0] ?? null;
    },

    async answers() {
      const nothing: ViewRequest = { shard: nobodysShard, stream: `tender:${nobodysShard}`, actor: systemActor };
      const answer = await bus.request<ViewAnswer>(subjects.view, nothing, { timeoutMs });
      return !answer.found && answer.retry === undefined;
    },

    view: (actor, shard, stream) => look({ shard, stream, actor }),
    viewOnce: (actor, shard, stream) => look({ shard, stream, actor, once: true }),
  };
}
