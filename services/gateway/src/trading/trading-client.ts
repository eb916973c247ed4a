import type { Bus, CommandAnswer, CommandRequest, TradingCommand, ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor, Micros } from "@kontor/kernel";
import { Refusal } from "../refusal.ts";

/** The registry's name of the tender procedure and its auctions. */
export const tenderMechanism = "tender";

export type SendCommand = {
  readonly shard: string;
  readonly key: string;
  readonly command: TradingCommand;
  readonly actor: Actor;
  readonly validUntil?: Micros;
};

/** Asks trading hosts. Calls reject with a Fault of the bus when nobody serves or nobody answers in time. */
export type TradingClient = {
  readonly command: (request: SendCommand) => Promise<CommandAnswer>;
  /** Null when the actor may not see such a stream, or there is none. @throws Refusal when the host asks to wait. */
  readonly view: (actor: Actor, shard: string, stream: string) => Promise<Extract<ViewAnswer, { found: true }> | null>;
};

export function createTradingClient(bus: Bus, timeoutMs: number): TradingClient {
  return {
    command: ({ shard, key, command, actor, validUntil }) => {
      const request: CommandRequest = {
        shard,
        mechanism: tenderMechanism,
        key,
        command,
        actor,
        ...(validUntil === undefined ? {} : { validUntil }),
      };
      return bus.request<CommandAnswer>(subjects.command, request, { timeoutMs });
    },

    async view(actor, shard, stream) {
      const answer = await bus.request<ViewAnswer>(subjects.view, { shard, stream, actor }, { timeoutMs });
      if (answer.found) return answer;
      if (answer.retry === undefined) return null;
      const { code, retryAfterMs } = answer.retry;
      throw new Refusal(code === "overloaded" ? "overloaded" : "unavailable", {
        retryAfterMs: retryAfterMs ?? 1_000,
      });
    },
  };
}
