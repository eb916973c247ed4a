import type { ShardUpdate, StreamUpdate, ViewAnswer } from "@kontor/bus";
import type { Actor, JsonObject, StreamViews } from "@kontor/kernel";
import { mergePatchOf } from "@kontor/kernel";
import type { Position } from "./answers.ts";
import { sightOf } from "./audience.ts";
import type { Mechanism, MechanismState, TradingEvent } from "./mechanism.ts";

/** Null: the stream is no more. */
type ViewsByStream = ReadonlyMap<string, StreamViews | null>;

/** The update of one batch, to be published after its commit, and the views that then count as published. */
export type PreparedUpdate = { readonly update: ShardUpdate | null; readonly views: ViewsByStream };

export type ShardViewsOptions = {
  readonly shard: string;
  readonly mechanism: Mechanism;
  /** Position at which the epoch began. */
  readonly seq: number;
  /** Told of a view that the engine failed on. */
  readonly report: (error: unknown) => void;
};

export type Changes = {
  readonly events: readonly TradingEvent[];
  readonly position: Position;
  readonly asked: readonly string[];
};

const nothing: StreamViews = { marketplaceId: "", ownerCompanyId: "", own: new Map() };

/**
 * The last published views of one shard in one epoch. Only streams that somebody asked for are kept: a receiver can
 * use patches only after it has read the view they apply to.
 */
export class ShardViews {
  readonly #shard: string;
  readonly #mechanism: Mechanism;
  readonly #published = new Map<string, StreamViews>();
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
    const views = this.#viewsOf(state, stream);
    if (views !== null) this.#published.set(stream, views);
  }

  answer(stream: string, actor: Actor, { epoch, seq }: Omit<Position, "at">): ViewAnswer {
    const views = this.#published.get(stream);
    const sight = views ? sightOf(views, actor) : null;
    if (!views || !sight) return { found: false };
    const { marketplaceId, ownerCompanyId } = views;
    return { found: true, epoch, seq, marketplaceId, ownerCompanyId, ...sight };
  }

  /**
   * What one batch changes, given the state after it; nothing of it counts until `publish`. Streams that are `asked`
   * for are kept from then on.
   */
  prepare(state: MechanismState, { events, position, asked }: Changes): PreparedUpdate | null {
    const views = new Map<string, StreamViews | null>();
    const updates: StreamUpdate[] = [];
    const changed = this.#published.size > 0 && events.length > 0 ? this.#mechanism.streamsOf(state, events) : [];
    for (const stream of changed) {
      const before = this.#published.get(stream);
      if (before === undefined || views.has(stream)) continue;
      const after = this.#viewsOf(state, stream);
      views.set(stream, after);
      const update = streamUpdateOf(stream, before, after ?? nothing);
      if (update) updates.push(update);
    }
    for (const stream of asked) {
      if (!this.holds(stream) && !views.has(stream)) views.set(stream, this.#viewsOf(state, stream));
    }
    if (views.size === 0) return null;
    if (updates.length === 0) return { update: null, views };
    return { update: { shard: this.#shard, prevSeq: this.#lastUpdate, ...position, updates }, views };
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

  /** After the commit: the prepared views are the published ones. */
  publish({ update, views }: PreparedUpdate): void {
    for (const [stream, value] of views) {
      if (value === null) this.#published.delete(stream);
      else this.#published.set(stream, value);
    }
    if (update) this.#lastUpdate = update.seq;
  }
}

/** Patches for each audience that sees a difference; null when nobody does. */
function streamUpdateOf(stream: string, before: StreamViews, after: StreamViews): StreamUpdate | null {
  const parts = {
    ...part("public", before, after),
    ...part("participant", before, after),
    ...part("owner", before, after),
    ...ownParts(before.own, after.own),
  };
  return Object.keys(parts).length === 0 ? null : { stream, ...parts };
}

function part<Audience extends "public" | "participant" | "owner">(
  audience: Audience,
  before: StreamViews,
  after: StreamViews,
): { readonly [Name in Audience]?: unknown } {
  const [from, to] = [before[audience], after[audience]];
  if (from === to) return {};
  const patch = to === undefined ? null : mergePatchOf(from ?? {}, to);
  if (patch === null && to !== undefined && from !== undefined) return {};
  return { [audience]: to === undefined ? null : (patch ?? {}) } as { readonly [Name in Audience]?: unknown };
}

function ownParts(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
): Pick<StreamUpdate, "own" | "moved"> {
  const own: [companyId: string, patch: unknown][] = [];
  const moved: string[] = [];
  for (const companyId of before.keys()) if (!after.has(companyId)) moved.push(companyId);
  for (const [companyId, to] of after) {
    const from = before.get(companyId);
    const patch = from === undefined ? null : mergePatchOf(from, to);
    if (from === undefined) moved.push(companyId);
    else if (patch !== null) own.push([companyId, patch]);
  }
  return {
    ...(own.length > 0 ? { own: Object.fromEntries(own) } : {}),
    ...(moved.length > 0 ? { moved } : {}),
  };
}
