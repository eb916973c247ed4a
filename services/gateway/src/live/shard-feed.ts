import type { Bus, ShardUpdate, StreamUpdate, Unsubscribe } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import { Refusal } from "../refusal.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { FoundView, Look, StreamChange } from "./stream-channel.ts";
import { StreamChannel, viewerOf } from "./stream-channel.ts";
import type { StreamPlace, StreamSubscription } from "./stream-subscription.ts";

const attemptsMax = 8;
const retryMs = { first: 50, max: 2_000 };

export type FeedParts = {
  readonly shard: string;
  readonly bus: Bus;
  /** The host's committed state for an actor; null when there is nothing to see for him. */
  readonly view: (actor: Actor, shard: string, stream: string) => Promise<FoundView | null>;
  readonly limits: LiveLimits;
  /** Text that no other run of any stream has, for this epoch of the shard. */
  readonly nextRun: (epoch: number) => string;
};

/**
 * The updates of one shard, in order. Each names its predecessor, so a lost one shows itself; then, and when the shard
 * has a new owner, everything is read anew and runs under another epoch.
 */
export class ShardFeed {
  readonly #parts: FeedParts;
  readonly #channels = new Map<string, StreamChannel>();
  readonly #stop: Unsubscribe;
  #epoch: number | null = null;
  /** The last update; null until the first. */
  #position: number | null = null;
  /** The first state that was read, which the first update must not lie beyond. */
  #floor: number | null = null;
  #stopped = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#stop = parts.bus.subscribe(subjects.live(parts.shard), (update: ShardUpdate) => this.#take(update));
  }

  /** Lets the subscription in and brings it up to now. False when there is no such stream for its actor. */
  async open(subscription: StreamSubscription, from?: StreamPlace): Promise<boolean> {
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const channel = this.#channelOf(subscription.stream);
      const look = await this.#audienceFor(channel, subscription.actor);
      if (!subscription.isWanted() || this.#stopped) return true;
      const current = this.#channels.get(subscription.stream) === channel;
      if (look.kind === "audience" && current) {
        if (look.audience === null) return false;
        subscription.enter(look.audience, from);
        return true;
      }
      if (attempt > 0) await pause(Math.min(retryMs.max, retryMs.first * 2 ** attempt));
    }
    throw new Refusal("unavailable", { retryAfterMs: 1_000 });
  }

  stop(): void {
    this.#stopped = true;
    this.#stop();
  }

  flush(): void {
    for (const channel of this.#channels.values()) channel.flush();
  }

  #channelOf(stream: string): StreamChannel {
    const known = this.#channels.get(stream);
    if (known !== undefined) return known;
    const channel = new StreamChannel({
      stream,
      nextRun: () => this.#parts.nextRun(this.#epoch ?? 0),
      limits: this.#parts.limits,
    });
    this.#channels.set(stream, channel);
    return channel;
  }

  /** Equal questions at one time are asked once. */
  async #audienceFor(channel: StreamChannel, actor: Actor): Promise<Look> {
    const known = channel.audienceOf(actor);
    if (known !== null) return { kind: "audience", audience: known };
    const viewer = viewerOf(actor);
    const pending = channel.opening.get(viewer) ?? this.#look(channel, actor);
    channel.opening.set(viewer, pending);
    try {
      return await pending;
    } finally {
      if (channel.opening.get(viewer) === pending) channel.opening.delete(viewer);
    }
  }

  async #look(channel: StreamChannel, actor: Actor): Promise<Look> {
    const recording: StreamChange[] = [];
    const positionBefore = this.#position ?? 0;
    channel.recordings.add(recording);
    try {
      const answer = await this.#parts.view(actor, this.#parts.shard, channel.stream);
      if (answer === null) return { kind: "audience", audience: null };
      if (!this.#fits(answer, recording, positionBefore)) return { kind: "again" };
      if (this.#channels.get(channel.stream) !== channel) return { kind: "again" };
      if (recording.some(({ update }) => changesAudienceOf(update, actor))) return { kind: "again" };
      return { kind: "audience", audience: channel.admit(actor, answer, recording) };
    } finally {
      channel.recordings.delete(recording);
    }
  }

  /** Whether the answer and the updates that came while it was on its way leave no hole. */
  #fits(answer: FoundView, recording: readonly StreamChange[], positionBefore: number): boolean {
    this.#epoch ??= answer.epoch;
    if (answer.epoch > this.#epoch) this.#restart(answer.epoch, null);
    if (answer.epoch !== this.#epoch || answer.seq < positionBefore) return false;
    const next = recording.find(({ seq }) => seq > answer.seq);
    if (next !== undefined && next.prevSeq > answer.seq && positionBefore === 0) return false;
    this.#floor ??= answer.seq;
    return true;
  }

  #take(update: ShardUpdate): void {
    if (this.#epoch !== null && update.epoch < this.#epoch) return; // A former owner's last words.
    if (this.#epoch !== null && update.epoch > this.#epoch) return this.#restart(update.epoch, update.seq);
    this.#epoch = update.epoch;
    if (this.#position !== null && update.seq <= this.#position) return;
    if (!this.#follows(update)) return this.#restart(update.epoch, update.seq);
    this.#position = update.seq;
    for (const streamUpdate of update.updates) {
      const channel = this.#channels.get(streamUpdate.stream);
      if (channel === undefined) continue;
      const change = { update: streamUpdate, seq: update.seq, prevSeq: update.prevSeq, at: update.at };
      for (const recording of channel.recordings) recording.push(change);
      const expelled = channel.expel(streamUpdate);
      channel.apply(change);
      for (const subscription of expelled) this.#reopen(subscription);
    }
  }

  #follows({ prevSeq }: ShardUpdate): boolean {
    if (this.#position !== null) return prevSeq === this.#position;
    return this.#floor === null || prevSeq <= this.#floor;
  }

  /** Everything is read anew: under a new epoch of the shard, or after a hole in its updates. */
  #restart(epoch: number, position: number | null): void {
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    this.#epoch = epoch;
    this.#position = position;
    this.#floor = null;
    for (const channel of channels) {
      for (const subscription of channel.subscriptions()) {
        subscription.leave();
        this.#reopen(subscription);
      }
    }
  }

  /** Goes on until the host answers: a subscriber must not be left with an old state and think it new. */
  #reopen(subscription: StreamSubscription, delayMs: number = retryMs.first): void {
    this.open(subscription).then(
      (found) => {
        if (!found) subscription.end("not_found");
      },
      () => {
        if (this.#stopped || !subscription.isWanted()) return;
        setTimeout(() => this.#reopen(subscription, Math.min(retryMs.max, delayMs * 2)), delayMs).unref();
      },
    );
  }
}

/** What was read before such an update may name an audience that the actor is no longer in. */
function changesAudienceOf(update: StreamUpdate, { companyId }: Actor): boolean {
  const moved = companyId !== null && update.moved?.includes(companyId) === true;
  return moved || update.public === null || update.owner === null || update.participant === null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
