import type { Bus } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import { shardIn } from "@kontor/kernel";
import type { TradingClient } from "../trading/trading-client.ts";
import type { ReadImport } from "./import-feed.ts";
import { ImportFeed } from "./import-feed.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { UnreadCount } from "./notice-feed.ts";
import { NoticeFeed } from "./notice-feed.ts";
import { ShardFeed } from "./shard-feed.ts";
import type { StreamPlace, StreamSubscription } from "./stream-subscription.ts";

export type HubParts = {
  readonly bus: Bus;
  readonly view: TradingClient["view"];
  readonly unread: UnreadCount;
  readonly readImport: ReadImport;
  readonly now: () => Micros;
  readonly limits: LiveLimits;
  /** Tells this gateway's numbers from those of any other, also from its own after a restart. */
  readonly hubId: string;
};

type Followed = { readonly feed: ShardFeed; followers: number; dropTimer: NodeJS.Timeout | null };

/** Where streams of the trading hosts become frames for everyone who follows them here. */
export class Hub {
  readonly #parts: HubParts;
  readonly #feeds = new Map<string, Followed>();
  readonly #notices: NoticeFeed;
  readonly #imports: ImportFeed;
  #runs = 0;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#notices = new NoticeFeed({ ...parts, nextRun: () => this.#nextRun(0) });
    this.#imports = new ImportFeed({ ...parts, read: parts.readImport, nextRun: () => this.#nextRun(0) });
  }

  /**
   * Starts the stream for a subscription: with what it lacks since `from`, else with a snapshot.
   * False when there is no such stream for its actor.
   *
   * @throws Refusal or Fault when the host cannot say now
   */
  async follow(subscription: StreamSubscription, from?: StreamPlace): Promise<boolean> {
    if (subscription.stream === "me") return await this.#notices.open(subscription, from);
    if (isImport(subscription.stream)) return await this.#imports.open(subscription, from);
    const shard = shardOfStream(subscription.stream);
    const followed = this.#followedOf(shard);
    followed.followers += 1;
    subscription.onOver(() => this.#unfollow(shard, followed));
    return await followed.feed.open(subscription, from);
  }

  /**
   * Brings a subscription that was asked for before up to now: with what lies after `from`, else with a snapshot. One
   * that is still being opened will be. `announce` is called before the first frame.
   */
  async resume(subscription: StreamSubscription, from: StreamPlace | undefined, announce: () => void): Promise<void> {
    if (subscription.stream === "me" && subscription.sentSeq !== null) {
      await this.#notices.open(subscription, from, announce);
    } else if (isImport(subscription.stream) && subscription.sentSeq !== null) {
      await this.#imports.open(subscription, from, announce);
    } else {
      announce();
      subscription.resume(from);
    }
  }

  close(): void {
    for (const { feed, dropTimer } of this.#feeds.values()) {
      if (dropTimer !== null) clearTimeout(dropTimer);
      feed.stop();
    }
    this.#feeds.clear();
    this.#notices.close();
    this.#imports.close();
  }

  /** Sends what waits for the end of this turn or of a rest. */
  flush(): void {
    for (const { feed } of this.#feeds.values()) feed.flush();
  }

  #followedOf(shard: string): Followed {
    const known = this.#feeds.get(shard);
    if (known !== undefined) {
      if (known.dropTimer !== null) clearTimeout(known.dropTimer);
      known.dropTimer = null;
      return known;
    }
    const { bus, view, limits } = this.#parts;
    const feed = new ShardFeed({ shard, bus, view, limits, nextRun: (epoch) => this.#nextRun(epoch) });
    const followed: Followed = { feed, followers: 0, dropTimer: null };
    this.#feeds.set(shard, followed);
    return followed;
  }

  /** The feed stays for a while, so that who comes back finds his place. */
  #unfollow(shard: string, followed: Followed): void {
    followed.followers -= 1;
    if (followed.followers > 0) return;
    followed.dropTimer = setTimeout(() => {
      followed.feed.stop();
      if (this.#feeds.get(shard) === followed) this.#feeds.delete(shard);
    }, this.#parts.limits.lingerMs).unref();
  }

  #nextRun(epoch: number): string {
    this.#runs += 1;
    return `${epoch}.${this.#parts.hubId}.${this.#runs}`;
  }
}

/** Such a stream is of no shard. */
export function isImport(stream: string): boolean {
  return stream.startsWith("import:");
}

/** `tender:<id>`, `book-raw:<id>`, `lot:<id>-<n>` and `order:<id>-o<n>` all begin with the id of their shard. */
export function shardOfStream(stream: string): string {
  return shardIn(stream.slice(stream.indexOf(":") + 1));
}
