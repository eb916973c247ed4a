import type { CommandAnswer } from "@kontor/bus";
import { isPlaced, refusal } from "./answers.ts";
import type { KeyRecord } from "./key-window.ts";
import type { RecentKeys } from "./recent-keys.ts";
import type { CommandItem, Shard } from "./shard.ts";
import type { Counters } from "./stats.ts";

/** Ends the wait of a command's callers, each way exactly once. */
export type Answering = {
  /** The host's own answer: nothing is journaled, the key stays free. */
  readonly refuse: (shard: Shard, item: CommandItem, answer: CommandAnswer) => void;
  /** The held answer, now that everything it rests on is committed. */
  readonly deliver: (shard: Shard, item: CommandItem) => void;
  /** The answer of an earlier command with the same key. */
  readonly repeat: (shard: Shard, item: CommandItem, first: FirstAnswer) => void;
};

export function createAnswering(counters: Counters, recentKeys: RecentKeys): Answering {
  function release(shard: Shard, item: CommandItem, answer: CommandAnswer): void {
    if (item.done) return;
    item.done = true;
    shard.pending.delete(item.id);
    counters.waiting--;
    item.settle(answer);
    if (item.also !== null) for (const settle of item.also) settle(answer);
  }

  function refuse(shard: Shard, item: CommandItem, answer: CommandAnswer): void {
    if (item.done) return;
    countRefusal(counters, answer);
    recentKeys.free(item.id);
    release(shard, item, answer);
  }

  return {
    refuse,
    deliver(shard, item) {
      const { answer, id, fingerprint } = item;
      if (answer === null || item.done) return;
      if (!isPlaced(answer)) return refuse(shard, item, answer);
      shard.core?.keys.add(id, { fingerprint, place: answer, answer });
      if (answer.ok) counters.accepted++;
      else counters.rejected++;
      release(shard, item, answer);
    },
    repeat(shard, item, first) {
      counters.repeated++;
      release(shard, item, repeatAnswer(item.fingerprint, first));
    },
  };
}

export type FirstAnswer = { readonly fingerprint: string; readonly answer: CommandAnswer };

/** What a key's second use gets: the first answer again, or the news that the key means another command. */
export function repeatAnswer(fingerprint: string, first: FirstAnswer): CommandAnswer {
  return first.fingerprint === fingerprint ? first.answer : refusal("key_reused");
}

/** The first answer of a key, where it is at hand. */
export function answerAtHand(record: KeyRecord | undefined): FirstAnswer | null {
  if (record === undefined) return null;
  const { fingerprint, answer } = record;
  return answer === null ? null : { fingerprint, answer };
}

export function countRefusal({ refused }: Counters, answer: CommandAnswer): void {
  if (answer.ok) return;
  refused.set(answer.problem.code, (refused.get(answer.problem.code) ?? 0) + 1);
}
