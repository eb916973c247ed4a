import type { Bus, NoticeHint, Unsubscribe } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import { Audience } from "./audience.ts";
import type { LiveLimits } from "./live-limits.ts";
import { LiveView } from "./live-view.ts";
import type { StreamPlace, StreamSubscription } from "./stream-subscription.ts";

export type UnreadCount = (actor: Actor) => Promise<number>;

export type NoticeFeedParts = {
  readonly bus: Bus;
  readonly unread: UnreadCount;
  readonly limits: LiveLimits;
  readonly nextRun: () => string;
};

/** The `me` streams: notices of each company that somebody here acts for. Stored notices are read over HTTP. */
export class NoticeFeed {
  readonly #parts: NoticeFeedParts;
  readonly #audiences = new Map<string, Audience>();
  readonly #stop: Unsubscribe;

  constructor(parts: NoticeFeedParts) {
    this.#parts = parts;
    this.#stop = parts.bus.subscribe(subjects.notices, (hint: NoticeHint) => this.#take(hint));
  }

  async open(subscription: StreamSubscription, from?: StreamPlace): Promise<boolean> {
    const { actor } = subscription;
    if (actor.companyId === null) return false;
    const known = this.#audiences.get(actor.companyId);
    const audience = known ?? (await this.#begin(actor, actor.companyId));
    if (subscription.isWanted()) subscription.enter(audience, from);
    return true;
  }

  close(): void {
    this.#stop();
    this.#audiences.clear();
  }

  async #begin(actor: Actor, companyId: string): Promise<Audience> {
    const unread = await this.#parts.unread(actor);
    const { limits, nextRun } = this.#parts;
    const audience =
      this.#audiences.get(companyId) ??
      new Audience({
        stream: "me",
        epoch: nextRun(),
        isPublic: false,
        limits,
        view: new LiveView({ companyId, unread }, 0),
        own: null,
        seq: 0,
      });
    this.#audiences.set(companyId, audience);
    return audience;
  }

  #take({ companyId, notice }: NoticeHint): void {
    const audience = this.#audiences.get(companyId);
    if (audience === undefined) return;
    audience.push(audience.nextFrameOf(JSON.stringify({ ...notice, type: "notice" })));
  }
}
