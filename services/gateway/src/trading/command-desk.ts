import type { CommandAnswer } from "@kontor/bus";
import type { Actor, Micros } from "@kontor/kernel";
import { shardOfPart } from "@kontor/kernel";
import { Refusal } from "../refusal.ts";
import type { MarketRules } from "./market-rules.ts";
import type { TradingClient } from "./trading-client.ts";

/** A validated command of a person, with the actor the gate made. */
export type PersonCommand = {
  readonly key: string;
  readonly command: {
    readonly type: string;
    readonly tenderId?: string;
    readonly lotId?: string;
    readonly instrumentId?: string;
  };
  readonly actor: Actor;
  readonly validUntil?: Micros;
};

/** Takes commands from HTTP and from sockets alike: one key space, one effect. */
export type CommandDesk = { readonly send: (command: PersonCommand) => Promise<CommandAnswer> };

type Parts = {
  readonly trading: TradingClient;
  readonly rules: MarketRules;
  /** Told the type and when the host was asked, for the metrics. */
  readonly seen: (type: string, startedAt: number) => void;
};

export function createCommandDesk({ trading, rules, seen }: Parts): CommandDesk {
  return {
    async send({ key, command, actor, validUntil }) {
      const whole = command.tenderId ?? command.instrumentId;
      const shard = whole ?? (command.lotId === undefined ? null : shardOfPart(command.lotId));
      if (shard === null) throw new Refusal("not_found");
      await rules.check(command, actor);
      const startedAt = performance.now();
      try {
        return await trading.command({
          shard,
          key,
          command,
          actor,
          ...(validUntil === undefined ? {} : { validUntil }),
        });
      } finally {
        seen(command.type, startedAt);
      }
    },
  };
}
