import type { StreamUpdate, ViewAnswer } from "@kontor/bus";
import type { Actor, JsonObject, Micros } from "@kontor/kernel";
import { conflatedChannels } from "@kontor/protocol";
import { Audience } from "./audience.ts";
import type { LiveLimits } from "./live-limits.ts";
import { LiveView } from "./live-view.ts";
import type { StreamSubscription } from "./stream-subscription.ts";

/** What a look at the host brought: the audience, null where there is nothing to see, or the need to look again. */
export type Look = { readonly kind: "audience"; readonly audience: Audience | null } | { readonly kind: "again" };
export type FoundView = Extract<ViewAnswer, { found: true }>;

/** What one commit changed in one stream. */
export type StreamChange = {
  readonly update: StreamUpdate;
  readonly seq: number;
  readonly prevSeq: number;
  readonly at: Micros;
};

type ChannelParts = {
  readonly stream: string;
  /** Names a run of a stream; audiences add their own part. */
  readonly nextRun: () => string;
  readonly limits: LiveLimits;
};

/** Which subscribers see the same: those of one company, and a marketplace's staff of one kind. */
export function viewerOf({ companyId, kind }: Actor): string {
  return companyId ?? kind;
}

/**
 * One stream from a first look at the host on, for each audience that somebody here belongs to. Lives until a gap or a
 * new owner of the shard makes it begin anew.
 */
export class StreamChannel {
  readonly stream: string;
  readonly #parts: ChannelParts;
  /** Changes that arrive while the host is asked; they decide what its answer lacks. */
  readonly recordings = new Set<StreamChange[]>();
  readonly opening = new Map<string, Promise<Look>>();
  readonly #homes = new Map<string, Audience>();
  #run: string | null = null;
  #public: Audience | null = null;
  #owner: Audience | null = null;
  #participant: LiveView | null = null;
  #participantSeq = 0;
  readonly #companies = new Map<string, Audience>();
  /** How often each audience has begun; each time its numbers start under another epoch. */
  readonly #beginnings = new Map<string, number>();

  constructor(parts: ChannelParts) {
    this.stream = parts.stream;
    this.#parts = parts;
  }

  audienceOf(actor: Actor): Audience | null {
    return this.#homes.get(viewerOf(actor)) ?? null;
  }

  subscriptions(): readonly StreamSubscription[] {
    return [...this.#audiences()].flatMap((audience) => [...audience.subscriptions]);
  }

  /** Gives the actor the audience that the host named, from its answer and what was recorded while it answered. */
  admit(actor: Actor, answer: FoundView, recorded: readonly StreamChange[]): Audience {
    const audience = this.#audienceFor(actor, answer, recorded);
    this.#homes.set(viewerOf(actor), audience);
    return audience;
  }

  /**
   * Takes out everyone whose audience the update changes or ends; each must be opened anew. Called before `apply`, so
   * that nobody gets what is meant for others.
   */
  expel(update: StreamUpdate): readonly StreamSubscription[] {
    const moved = (update.moved ?? []).flatMap((companyId) => this.#expelCompany(companyId));
    const left = [update.public === null ? this.#public : null, update.owner === null ? this.#owner : null];
    if (update.participant === null) this.#participant = null;
    if (update.public === null) this.#public = null;
    if (update.owner === null) this.#owner = null;
    return [...moved, ...left.flatMap((audience) => (audience === null ? [] : this.#expelAll(audience)))];
  }

  apply({ update, seq, at }: StreamChange): void {
    if (update.public != null) this.#public?.change({ patch: update.public, seq, at });
    if (update.owner != null) this.#owner?.change({ patch: update.owner, seq, at });
    if (this.#companies.size > 0) this.#applyToCompanies(update, seq, at);
  }

  flush(): void {
    for (const audience of this.#audiences()) audience.flush();
  }

  #expelCompany(companyId: string): readonly StreamSubscription[] {
    const home = this.#homes.get(companyId);
    if (home === undefined) return [];
    this.#homes.delete(companyId);
    this.#companies.delete(companyId);
    home.flush();
    const expelled = [...home.subscriptions].filter(({ actor }) => actor.companyId === companyId);
    for (const subscription of expelled) subscription.leave();
    return expelled;
  }

  #expelAll(audience: Audience): readonly StreamSubscription[] {
    for (const [viewer, home] of this.#homes) if (home === audience) this.#homes.delete(viewer);
    audience.flush();
    const expelled = [...audience.subscriptions];
    for (const subscription of expelled) subscription.leave();
    return expelled;
  }

  #audiences(): Set<Audience> {
    const shared = [this.#public, this.#owner].filter((audience) => audience !== null);
    return new Set([...shared, ...this.#companies.values()]);
  }

  #audienceFor(actor: Actor, answer: FoundView, recorded: readonly StreamChange[]): Audience {
    const { audience, view, seq } = answer;
    if (audience === "company" && actor.companyId !== null) return this.#openCompany(actor.companyId, answer, recorded);
    if (audience === "owner") {
      this.#owner ??= this.#begin("o", { view: viewFrom(view, seq, patchesOf(recorded, "owner")), own: null, seq: 0 });
      return this.#owner;
    }
    this.#public ??= this.#begin("p", { view: viewFrom(view, seq, patchesOf(recorded, "public")), own: null, seq: 0 });
    return this.#public;
  }

  /** Numbers go on from those of the shared part, so that companies without news of their own share frames too. */
  #openCompany(companyId: string, answer: FoundView, recorded: readonly StreamChange[]): Audience {
    this.#participant ??= viewFrom(answer.view, answer.seq, patchesOf(recorded, "participant"));
    const own = viewFrom(answer.own ?? {}, answer.seq, ownPatchesOf(recorded, companyId));
    const audience = this.#begin("c", { view: this.#participant, own, seq: this.#participantSeq }, companyId);
    this.#companies.set(companyId, audience);
    return audience;
  }

  #begin(
    kind: "p" | "o" | "c",
    state: { readonly view: LiveView; readonly own: LiveView | null; readonly seq: number },
    companyId = "",
  ): Audience {
    this.#run ??= this.#parts.nextRun();
    const before = this.#beginnings.get(kind + companyId) ?? 0;
    this.#beginnings.set(kind + companyId, before + 1);
    const epoch = `${this.#run}${kind}${before === 0 ? "" : before}`;
    const { stream, limits } = this.#parts;
    // What a company is told of its own is never put off.
    const everyMs = kind === "c" || !isConflated(stream) ? 0 : limits.conflatedEveryMs;
    return new Audience({ stream, epoch, isPublic: kind === "p", everyMs, limits, ...state });
  }

  #applyToCompanies(update: StreamUpdate, seq: number, at: Micros): void {
    const changed = update.participant != null && this.#participant?.apply(update.participant, seq) === true;
    const patch = changed ? JSON.stringify(update.participant) : null;
    if (changed) this.#participantSeq += 1;
    const sharedFrames = new Map<string, Buffer>();
    for (const [companyId, audience] of this.#companies) {
      const ownPatch = update.own?.[companyId];
      const ownChanged = ownPatch !== undefined && audience.own?.apply(ownPatch, seq) === true;
      if (ownChanged) {
        audience.push(audience.nextFrame(at, patch, JSON.stringify(ownPatch)));
      } else if (patch !== null) {
        const place = `${audience.epoch} ${audience.seq}`;
        const frame = sharedFrames.get(place) ?? audience.nextFrame(at, patch, null);
        sharedFrames.set(place, frame);
        audience.push(frame);
      }
    }
  }
}

const conflated: ReadonlySet<string> = new Set(conflatedChannels);

function isConflated(stream: string): boolean {
  return conflated.has(stream.slice(0, stream.indexOf(":")));
}

type Patch = { readonly patch: unknown; readonly seq: number };

function viewFrom(value: JsonObject, asOf: number, later: readonly Patch[]): LiveView {
  const view = new LiveView(value, asOf);
  for (const { patch, seq } of later) view.apply(patch, seq);
  return view;
}

function patchesOf(recorded: readonly StreamChange[], part: "public" | "owner" | "participant"): readonly Patch[] {
  return recorded.flatMap(({ update, seq }) => (update[part] === undefined ? [] : [{ patch: update[part], seq }]));
}

function ownPatchesOf(recorded: readonly StreamChange[], companyId: string): readonly Patch[] {
  return recorded.flatMap(({ update, seq }) => {
    const patch = update.own?.[companyId];
    return patch === undefined ? [] : [{ patch, seq }];
  });
}
