import type { JsonObject } from "./engine.ts";
import { applyMergePatch, isJsonObject } from "./merge-patch.ts";
import { PatchSeries } from "./patch-series.ts";

/** Patches on a small value are applied once they have come to so many members. */
const unappliedMin = 64;

/**
 * A value that moves forward by merge patches, which are applied when somebody asks for the whole or when there are as
 * many of them as the value has members: so a patch costs what it holds, not what the value holds.
 */
export class PatchedValue {
  #value: JsonObject;
  #unapplied: PatchSeries | null = null;
  /** How many members patches may come to; counted when the first comes. */
  #unappliedMax: number | null = null;

  constructor(value: JsonObject) {
    this.#value = value;
  }

  get value(): JsonObject {
    if (this.#unapplied !== null) {
      this.#value = applyMergePatch(this.#value, this.#unapplied.sum) as JsonObject;
      this.#unapplied = null;
    }
    return this.#value;
  }

  /** The part of a patch that would change something; undefined when none would. */
  effectOf(patch: unknown): unknown {
    return effectOf(patch, this.#value, this.#unapplied?.sum);
  }

  apply(patch: unknown): void {
    this.#unapplied ??= new PatchSeries(this.#value);
    this.#unapplied.add(patch);
    this.#unappliedMax ??= Math.max(unappliedMin, membersOf(this.#value));
    if (this.#unapplied.members < this.#unappliedMax) return;
    this.#unappliedMax = Math.max(unappliedMin, membersOf(this.value));
  }
}

function membersOf(value: unknown): number {
  if (!isJsonObject(value)) return 1;
  let members = 1;
  for (const key of Object.keys(value)) members += membersOf(value[key]);
  return members;
}

/** What of `patch` changes the value that `over` makes of `base`. */
function effectOf(patch: unknown, base: unknown, over: unknown): unknown {
  if (over !== undefined && !isJsonObject(over)) return effectOf(patch, over ?? undefined, undefined);
  const isObject = isJsonObject(base) || over !== undefined;
  if (!isJsonObject(patch)) {
    if (patch === null) return isObject || base !== undefined ? null : undefined;
    return !isObject && JSON.stringify(base) === JSON.stringify(patch) ? undefined : patch;
  }
  if (!isObject) return patch;
  let effect: Record<string, unknown> | undefined;
  for (const key of Object.keys(patch)) {
    const member = patch[key];
    if (member === undefined) continue;
    const changed = effectOf(member, isJsonObject(base) ? base[key] : undefined, over?.[key]);
    if (changed === undefined) continue;
    effect ??= {};
    effect[key] = changed;
  }
  return effect;
}
