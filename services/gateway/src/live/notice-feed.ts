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

/** A count that keeps being overtaken by notices is taken as it is after so many questions. */
const questionsMax = 4;

/** `asked` and `answered` number the questions for the count, so that no answer moves it back. */
type Company = {
  readonly view: LiveView;
  readonly audience: Audience;
  opening: number;
  asked: number;
  answered: number;
  dropTimer: NodeJS.Timeout | null;
};

/** The `me` streams: notices of each company that somebody here acts for. Stored notices are read over HTTP. */
export class NoticeFeed {
  readonly #parts: NoticeFeedParts;
  readonly #companies = new Map<string, Company>();
  readonly #stop: Unsubscribe;

  constructor(parts: NoticeFeedParts) {
    this.#parts = parts;
    this.#stop = parts.bus.subscribe(subjects.notices, (hint: NoticeHint) => this.#take(hint));
  }

  /** Also brings a subscription that is open already up to now. `announce` is called before the first frame. */
  async open(subscription: StreamSubscription, from?: StreamPlace, announce: () => void = () => {}): Promise<boolean> {
    const { actor } = subscription;
    const { companyId } = actor;
    if (companyId === null) return false;
    const company = this.#companies.get(companyId) ?? this.#begin(companyId);
    company.opening += 1;
    try {
      await this.#count(actor, company);
      if (!subscription.isWanted()) return true;
      const isNew = !company.audience.subscriptions.has(subscription);
      if (isNew) subscription.onOver(() => this.#dropIfUnused(companyId, company));
      announce();
      subscription.enter(company.audience, from);
      return true;
    } finally {
      company.opening -= 1;
      this.#dropIfUnused(companyId, company);
    }
  }

  close(): void {
    this.#stop();
    for (const { dropTimer } of this.#companies.values()) if (dropTimer !== null) clearTimeout(dropTimer);
    this.#companies.clear();
  }

  #begin(companyId: string): Company {
    const { limits, nextRun } = this.#parts;
    const view = new LiveView({ companyId, unread: 0 }, 0);
    const audience = new Audience({ stream: "me", epoch: nextRun(), isPublic: false, limits, view, own: null, seq: 0 });
    const company: Company = { view, audience, opening: 0, asked: 0, answered: 0, dropTimer: null };
    this.#companies.set(companyId, company);
    return company;
  }

  /** What came while the count was asked for may be in it or not, so it is asked for again. */
  async #count(actor: Actor, company: Company): Promise<void> {
    const { audience, view } = company;
    for (let questions = 1; ; questions += 1) {
      const seq = audience.seq;
      company.asked += 1;
      const question = company.asked;
      const unread = await this.#parts.unread(actor);
      if (question < company.answered) return;
      company.answered = question;
      view.apply({ unread }, question);
      if (audience.seq === seq || questions === questionsMax) return;
    }
  }

  /** Kept for a while, so that who comes back finds his place. */
  #dropIfUnused(companyId: string, company: Company): void {
    if (company.dropTimer !== null) clearTimeout(company.dropTimer);
    company.dropTimer = null;
    const isUsed = company.opening > 0 || company.audience.subscriptions.size > 0;
    if (isUsed || this.#companies.get(companyId) !== company) return;
    company.dropTimer = setTimeout(() => this.#companies.delete(companyId), this.#parts.limits.lingerMs).unref();
  }

  #take({ companyId, notice }: NoticeHint): void {
    const audience = this.#companies.get(companyId)?.audience;
    audience?.push(audience.nextFrameOf(JSON.stringify({ ...notice, type: "notice" })));
  }
}
