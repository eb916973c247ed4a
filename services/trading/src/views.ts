import type { ShardUpdate, StreamUpdate, ViewAnswer, ViewRequest } from "@kontor/bus";
import type { StreamPatches, StreamViews } from "@kontor/kernel";
import type { Position } from "./answers.ts";
import { sightOf } from "./audience.ts";
import type { Mechanism, MechanismState, TradingEvent } from "./mechanism.ts";
import type { Effects } from "./published-stream.ts";
import { PublishedStream } from "./published-stream.ts";
import { streamUpdateOf } from "./stream-differences.ts";

/** New views of a stream, what changes in the published ones, or null: the stream is no more. */
type Change = PublishedStream | Effects | null;

/** The update of one batch, to be published after its commit, and what then counts as published. */
export type PreparedUpdate = {
  readonly update: ShardUpdate | null;
  readonly changes: ReadonlyMap<string, Change>;
  /** Streams that were asked for once. */
  readonly once: ReadonlyMap<string, PublishedStream | null>;
};

export type ShardViewsOptions = {
  readonly shard: string;
  readonly mechanism: Mechanism;
  /** Position at which the epoch began. */
  readonly seq: number;
  /** Told of a view that the engine failed on. */
  readonly report: (error: unknown) => void;
};

type Asked = Pick<ViewRequest, "stream" | "once">;

export type Changes = {
  readonly events: readonly TradingEvent[];
  readonly position: Position;
  readonly asked: readonly Asked[];
};

const nothing: StreamViews = { marketplaceId: "", ownerCompanyId: "", own: new Map() };

/**
 * The last published views of one shard in one epoch. Only streams that somebody asked for are kept: a receiver can
 * use patches only after it has read the view they apply to.
 */
export class ShardViews {
  readonly #shard: string;
  readonly #mechanism: Mechanism;
  readonly #published = new Map<string, PublishedStream>();
  readonly #report: (error: unknown) => void;
  #lastUpdate: number;

  constructor({ shard, mechanism, seq, report }: ShardViewsOptions) {
    this.#shard = shard;
    this.#mechanism = mechanism;
    this.#report = report;
    this.#lastUpdate = seq;
  }

  /** Whether the stream can be answered without looking at the state. */
  holds(stream: string): boolean {
    return this.#published.has(stream);
  }

  /** Takes the stream's views from a state; from now on its changes are published. A missing stream is not kept. */
  keep(stream: string, state: MechanismState): void {
    const published = this.look(stream, state);
    if (published !== null) this.#published.set(stream, published);
  }

  /** The stream's views in a state, which nobody follows. */
  look(stream: string, state: MechanismState): PublishedStream | null {
    const views = this.#viewsOf(state, stream);
    return views === null ? null : new PublishedStream(views);
  }

  /** From what is published, or from what was looked at for this one answer. */
  answer(
    { stream, actor }: Pick<ViewRequest, "stream" | "actor">,
    { epoch, seq }: Omit<Position, "at">,
    looked: PublishedStream | null = null,
  ): ViewAnswer {
    const views = this.#published.get(stream) ?? looked;
    const sight = views ? sightOf(views, actor) : null;
    if (!views || !sight) return { found: false };
    const { marketplaceId, ownerCompanyId } = views;
    return { found: true, epoch, seq, marketplaceId, ownerCompanyId, ...sight };
  }

  /**
   * What one batch changes, given the state after it; nothing of it counts until `publish`. Streams that are `asked`
   * for are kept from then on, unless they are asked for once.
   */
  prepare(state: MechanismState, { events, position, asked }: Changes): PreparedUpdate | null {
    const changes = new Map<string, Change>();
    const once = new Map<string, PublishedStream | null>();
    const updates: StreamUpdate[] = [];
    const changed = this.#published.size > 0 && events.length > 0 ? this.#mechanism.streamsOf(state, events) : [];
    for (const stream of changed) {
      const before = this.#published.get(stream);
      if (before === undefined || changes.has(stream)) continue;
      const { change, update } = this.#changeOf(stream, before, { state, events });
      if (change !== undefined) changes.set(stream, change);
      if (update !== null) updates.push(update);
    }
    for (const { stream, once: isOnce } of asked) {
      if (this.holds(stream)) continue;
      const into: Map<string, Change> = isOnce === true ? once : changes;
      if (!into.has(stream)) into.set(stream, this.look(stream, state));
    }
    if (changes.size === 0 && once.size === 0) return null;
    if (updates.length === 0) return { update: null, changes, once };
    return { update: { shard: this.#shard, prevSeq: this.#lastUpdate, ...position, updates }, changes, once };
  }

  #changeOf(
    stream: string,
    before: PublishedStream,
    { state, events }: { readonly state: MechanismState; readonly events: readonly TradingEvent[] },
  ): { readonly change?: Change; readonly update: StreamUpdate | null } {
    const patches = this.#patchesOf(state, stream, events);
    const effects = patches === null ? null : before.effectsOf(patches);
    if (effects !== null) {
      if (Object.keys(effects).length === 0) return { update: null };
      return { change: effects, update: { stream, ...effects } };
    }
    const after = this.#viewsOf(state, stream);
    const change = after === null ? null : new PublishedStream(after);
    return { change, update: streamUpdateOf(stream, before.views(), after ?? nothing) };
  }

  #patchesOf(state: MechanismState, stream: string, events: readonly TradingEvent[]): StreamPatches | null {
    try {
      return this.#mechanism.patches?.(state, stream, events) ?? null;
    } catch (error) {
      this.#report(error);
      return null;
    }
  }

  /** A view that fails ends its stream; the shard trades on. */
  #viewsOf(state: MechanismState, stream: string): StreamViews | null {
    try {
      return this.#mechanism.views(state, stream);
    } catch (error) {
      this.#report(error);
      return null;
    }
  }

  /** After the commit: what was prepared is published. */
  publish({ update, changes }: PreparedUpdate): void {
    for (const [stream, change] of changes) {
      if (change === null) this.#published.delete(stream);
      else if (change instanceof PublishedStream) this.#published.set(stream, change);
      else this.#published.get(stream)?.apply(change);
    }
    if (update) this.#lastUpdate = update.seq;
  }
}
