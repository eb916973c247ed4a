import type { StreamUpdate } from "@kontor/bus";
import type { JsonObject, StreamPatches, StreamViews } from "@kontor/kernel";
import { PatchedValue } from "@kontor/kernel";

export type SharedAudience = "public" | "participant" | "owner";
export const sharedAudiences = ["public", "participant", "owner"] as const;

/** What changes, for each audience, without what is so already. */
export type Effects = Omit<StreamUpdate, "stream" | "moved">;

/** The views of one stream as they were last published; patches on them are put off until somebody asks. */
export class PublishedStream {
  readonly #views: StreamViews;
  readonly #shared = new Map<SharedAudience, PatchedValue>();
  readonly #own = new Map<string, PatchedValue>();

  constructor(views: StreamViews) {
    this.#views = views;
  }

  get marketplaceId(): string {
    return this.#views.marketplaceId;
  }

  get ownerCompanyId(): string {
    return this.#views.ownerCompanyId;
  }

  shared(audience: SharedAudience): JsonObject | undefined {
    return this.#shared.get(audience)?.value ?? this.#views[audience];
  }

  own(companyId: string): JsonObject | undefined {
    return this.#own.get(companyId)?.value ?? this.#views.own.get(companyId);
  }

  /** All of it, every patch applied. */
  views(): StreamViews {
    const { marketplaceId, ownerCompanyId, own } = this.#views;
    const shared: { [Audience in SharedAudience]?: JsonObject } = {};
    for (const audience of sharedAudiences) {
      const view = this.shared(audience);
      if (view !== undefined) shared[audience] = view;
    }
    const patched = this.#own.size === 0 ? own : new Map(own);
    for (const [companyId, { value }] of this.#own) (patched as Map<string, JsonObject>).set(companyId, value);
    return { marketplaceId, ownerCompanyId, ...shared, own: patched };
  }

  /** What the patches would change; null when they are for somebody who has no view to patch. */
  effectsOf(patches: StreamPatches): Effects | null {
    const effects: { -readonly [Audience in SharedAudience]?: unknown } & { own?: Record<string, unknown> } = {};
    for (const audience of sharedAudiences) {
      const patch = patches[audience];
      if (patch === undefined) continue;
      const view = this.#sharedValue(audience);
      if (view === null) return null;
      const effect = view.effectOf(patch);
      if (effect !== undefined) effects[audience] = effect;
    }
    for (const [companyId, patch] of patches.own ?? []) {
      const view = this.#ownValue(companyId);
      if (view === null) return null;
      const effect = view.effectOf(patch);
      if (effect === undefined) continue;
      effects.own ??= {};
      effects.own[companyId] = effect;
    }
    return effects;
  }

  apply(effects: Effects): void {
    for (const audience of sharedAudiences) {
      if (effects[audience] !== undefined) this.#sharedValue(audience)?.apply(effects[audience]);
    }
    for (const [companyId, patch] of Object.entries(effects.own ?? {})) this.#ownValue(companyId)?.apply(patch);
  }

  #sharedValue(audience: SharedAudience): PatchedValue | null {
    const known = this.#shared.get(audience);
    const view = this.#views[audience];
    if (known !== undefined || view === undefined) return known ?? null;
    const value = new PatchedValue(view);
    this.#shared.set(audience, value);
    return value;
  }

  #ownValue(companyId: string): PatchedValue | null {
    const known = this.#own.get(companyId);
    const view = this.#views.own.get(companyId);
    if (known !== undefined || view === undefined) return known ?? null;
    const value = new PatchedValue(view);
    this.#own.set(companyId, value);
    return value;
  }
}
