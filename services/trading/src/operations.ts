import type { Bus, RecoverShardRequest, ShardCondition, ShardsAnswer, Unsubscribe } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Shard } from "./shard.ts";

export type OperationsOptions = {
  readonly bus: Bus;
  readonly shards: ReadonlyMap<string, Shard>;
  readonly recover: (shard: string) => Promise<void>;
};

/** What operators ask a host: which shards it had to freeze, and to read one from the journal again. */
export function serveOperations({ bus, shards, recover }: OperationsOptions): readonly Unsubscribe[] {
  return [
    bus.serve(subjects.frozenShards, () => {
      const frozen = [...shards.values()].filter(({ phase }) => phase === "frozen");
      return Promise.resolve<ShardsAnswer>({ shards: frozen.map(conditionOf) });
    }),
    bus.serve(subjects.recoverShard, async ({ shard: id }: RecoverShardRequest): Promise<ShardsAnswer> => {
      if (shards.get(id)?.phase === "frozen") await recover(id);
      const shard = shards.get(id);
      return { shards: shard === undefined ? [] : [conditionOf(shard)] };
    }),
  ];
}

function conditionOf({ id, phase, fault }: Shard): ShardCondition {
  if (phase === "frozen") return { shard: id, state: "frozen", ...(fault === null ? {} : { reason: fault.code }) };
  return { shard: id, state: phase === "serving" ? "serving" : "loading" };
}
