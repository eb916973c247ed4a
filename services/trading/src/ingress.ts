import type { CommandAnswer, CommandRequest } from "@kontor/bus";
import type { Clock } from "@kontor/kernel";
import type { Answering } from "./answering.ts";
import { answerAtHand, countRefusal, repeatAnswer } from "./answering.ts";
import { refusal } from "./answers.ts";
import { canonicalText } from "./canonical-text.ts";
import { staleAnswer } from "./decide.ts";
import { keyIdOf } from "./key-window.ts";
import type { Mechanisms } from "./mechanism.ts";
import type { OlderKeys } from "./older-keys.ts";
import type { RecentKeys } from "./recent-keys.ts";
import type { HostSettings } from "./settings.ts";
import type { CommandItem, Settle, Shard } from "./shard.ts";
import { stamp } from "./shard.ts";
import { fingerprintOf } from "./state-hash.ts";
import type { Counters } from "./stats.ts";

export type IngressOptions = {
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  readonly mechanisms: Mechanisms;
  readonly settings: Pick<HostSettings, "shardQueueMax" | "hostQueueMax" | "keyWindowMax" | "recoveryGraceMs">;
  readonly counters: Counters;
  readonly answering: Answering;
  readonly olderKeys: OlderKeys;
  readonly recentKeys: RecentKeys;
  /** The shard, being loaded if it was not in memory. */
  readonly enter: (id: string) => Shard;
  /** Why nothing is taken in now; null when commands are. */
  readonly hindrance: () => CommandAnswer | null;
  readonly wake: (shard: Shard) => void;
};

/** Takes a command in: key, limits, stamp, queue, all at once and without waiting for anything. */
export type Ingress = (request: CommandRequest) => Promise<CommandAnswer>;

const keyForm = /^[A-Za-z0-9_-]{1,64}$/;

export function createIngress(options: IngressOptions): Ingress {
  const { clock, monotonicMs, mechanisms, settings, counters, olderKeys, recentKeys, enter, hindrance, wake } = options;
  const { shardQueueMax, hostQueueMax, keyWindowMax, recoveryGraceMs } = settings;

  function refuseNow(answer: CommandAnswer): CommandAnswer {
    countRefusal(counters, answer);
    return answer;
  }

  /** How long those who wait will need, judged by the commits so far; at least a moment. */
  function retryAfterMs(): number {
    const [commit, batch] = [counters.commitMs.value(), counters.batchSize.value()];
    const commitsAhead = Math.ceil((counters.waiting * Math.max(1, batch.count)) / Math.max(1, batch.sum));
    const needed = commitsAhead * (commit.sum / Math.max(1, commit.count));
    return Math.min(5_000, Math.max(50, Math.ceil(needed)));
  }

  function fullness(shard: Shard): CommandAnswer | null {
    if (shard.phase === "frozen") return refusal("unavailable", { reason: "shard_frozen" });
    if (shard.shedding) return refusal("unavailable", { retryAfterMs: recoveryGraceMs });
    const full = shard.pending.size >= shardQueueMax || counters.waiting >= hostQueueMax || keysOverflow(shard);
    return full ? refusal("overloaded", { retryAfterMs: retryAfterMs() }) : null;
  }

  /** Keys come in faster than they can be put away. */
  function keysOverflow(shard: Shard): boolean {
    const { core } = shard;
    if (core === null || core.keys.size <= 2 * keyWindowMax) return false;
    olderKeys.putAway(shard, core);
    return true;
  }

  function take(request: CommandRequest, settle: Settle): void {
    const shard = enter(request.shard);
    const now = clock.now();
    shard.usedAt = monotonicMs();
    const text = canonicalText(request.command);
    const fingerprint = fingerprintOf(text);
    const id = keyIdOf(request.actor, request.key);
    const first = answerAtHand(shard.core?.keys.get(id));
    if (first !== null) {
      counters.repeated++;
      return settle(repeatAnswer(fingerprint, first));
    }
    const same = shard.pending.get(id);
    if (same !== undefined) return join(same, fingerprint, settle);
    if (recentKeys.isElsewhere(id, shard.id)) return settle(refuseNow(refusal("key_reused")));
    const full = fullness(shard);
    if (full !== null) return settle(refuseNow(full));
    const at = stamp(shard, now);
    if (request.validUntil !== undefined && at > request.validUntil) {
      return settle(refuseNow(staleAnswer(at, request.validUntil)));
    }
    enqueue(shard, newItem({ request, at, id, fingerprint, text, settle }));
  }

  /** A second caller of a command that is still on its way gets the same answer. */
  function join(same: CommandItem, fingerprint: string, settle: Settle): void {
    if (same.fingerprint !== fingerprint) return settle(refuseNow(refusal("key_reused")));
    counters.repeated++;
    same.also ??= [];
    same.also.push(settle);
  }

  function enqueue(shard: Shard, item: CommandItem): void {
    counters.waiting++;
    shard.pending.set(item.id, item);
    recentKeys.use(item.id, shard.id);
    shard.queue.push(item);
    const { core } = shard;
    if (core === null) return;
    if (core.keys.mustAsk(item.id)) olderKeys.ask(shard, core, item);
    wake(shard);
  }

  return (request) => {
    const hindered = hindrance();
    if (hindered !== null) return Promise.resolve(refuseNow(hindered));
    if (!mechanisms.has(request.mechanism)) return Promise.resolve(refuseNow(refusal("not_found")));
    if (!keyForm.test(request.key)) return Promise.resolve(refuseNow(refusal("key_malformed")));
    return new Promise((resolve) => take(request, resolve));
  };
}

type NewItem = Pick<CommandItem, "request" | "at" | "id" | "fingerprint" | "text" | "settle">;

function newItem({ request, at, id, fingerprint, text, settle }: NewItem): CommandItem {
  return {
    kind: "command",
    at,
    request,
    id,
    fingerprint,
    text,
    settle,
    also: null,
    answer: null,
    asking: false,
    done: false,
    inDoubt: false,
  };
}
