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

type Place = { readonly companyId: string; readonly userId: string };

/** A count that keeps being overtaken by notices is taken as it is after so many questions. */
const questionsMax = 4;

/** `asked` and `answered` number the questions for the count, so that no answer moves it back. */
type Reader = {
  readonly view: LiveView;
  readonly audience: Audience;
  opening: number;
  asked: number;
  answered: number;
  dropTimer: NodeJS.Timeout | null;
};

/**
 * The `me` streams: notices of each company that somebody here acts for, to each of its people with those that are his
 * alone. Stored notices are read over HTTP.
 */
export class NoticeFeed {
  readonly #parts: NoticeFeedParts;
  /** By company, then by person. */
  readonly #companies = new Map<string, Map<string, Reader>>();
  readonly #stop: Unsubscribe;

  constructor(parts: NoticeFeedParts) {
    this.#parts = parts;
    this.#stop = parts.bus.subscribe(subjects.notices, (hint: NoticeHint) => this.#take(hint));
  }

  /** Also brings a subscription that is open already up to now. `announce` is called before the first frame. */
  async open(subscription: StreamSubscription, from?: StreamPlace, announce: () => void = () => {}): Promise<boolean> {
    const { actor } = subscription;
    const { companyId, userId } = actor;
    if (companyId === null) return false;
    const place = { companyId, userId };
    const reader = this.#companies.get(companyId)?.get(userId) ?? this.#begin(place);
    reader.opening += 1;
    try {
      await this.#count(actor, reader);
      if (!subscription.isWanted()) return true;
      const isNew = !reader.audience.subscriptions.has(subscription);
      if (isNew) subscription.onOver(() => this.#dropIfUnused(place, reader));
      announce();
      subscription.enter(reader.audience, from);
      return true;
    } finally {
      reader.opening -= 1;
      this.#dropIfUnused(place, reader);
    }
  }

  close(): void {
    this.#stop();
    for (const readers of this.#companies.values()) {
      for (const { dropTimer } of readers.values()) if (dropTimer !== null) clearTimeout(dropTimer);
    }
    this.#companies.clear();
  }

  #begin({ companyId, userId }: Place): Reader {
    const { limits, nextRun } = this.#parts;
    const view = new LiveView({ companyId, unread: 0 }, 0);
    const audience = new Audience({ stream: "me", epoch: nextRun(), isPublic: false, limits, view, own: null, seq: 0 });
    const reader: Reader = { view, audience, opening: 0, asked: 0, answered: 0, dropTimer: null };
    const readers = this.#companies.get(companyId) ?? new Map<string, Reader>();
    this.#companies.set(companyId, readers.set(userId, reader));
    return reader;
  }

  /** What came while the count was asked for may be in it or not, so it is asked for again. */
  async #count(actor: Actor, reader: Reader): Promise<void> {
    const { audience, view } = reader;
    for (let questions = 1; ; questions += 1) {
      const seq = audience.seq;
      reader.asked += 1;
      const question = reader.asked;
      const unread = await this.#parts.unread(actor);
      if (question < reader.answered) return;
      reader.answered = question;
      view.apply({ unread }, question);
      if (audience.seq === seq || questions === questionsMax) return;
    }
  }

  /** Kept for a while, so that who comes back finds his place. */
  #dropIfUnused({ companyId, userId }: Place, reader: Reader): void {
    if (reader.dropTimer !== null) clearTimeout(reader.dropTimer);
    reader.dropTimer = null;
    const isUsed = reader.opening > 0 || reader.audience.subscriptions.size > 0;
    const readers = this.#companies.get(companyId);
    if (isUsed || readers === undefined || readers.get(userId) !== reader) return;
    reader.dropTimer = setTimeout(() => {
      readers.delete(userId);
      if (readers.size === 0 && this.#companies.get(companyId) === readers) this.#companies.delete(companyId);
    }, this.#parts.limits.lingerMs).unref();
  }

  #take({ companyId, userId, notice }: NoticeHint): void {
    const readers = this.#companies.get(companyId);
    if (readers === undefined) return;
    const content = JSON.stringify({ ...notice, type: "notice" });
    for (const [reader, { audience }] of readers) {
      if (userId === undefined || userId === reader) audience.push(audience.nextFrameOf(content));
    }
  }
}
