import type { JsonObject } from "./engine.ts";
import { isJsonObject } from "./merge-patch.ts";

type Patch = Record<string, unknown>;

/**
 * Merge patches on one value, one after the other, as the one patch that does the same. Adding costs what the added
 * patch holds, however much came before.
 *
 * The value must be known: a patch alone cannot say that a member which was taken away has come back as another object,
 * without naming those of its old members that are no more.
 */
export class PatchSeries {
  readonly #base: JsonObject;
  /** Objects of the sum that are nobody else's, so that they may be changed. */
  readonly #owned = new Set<unknown>();
  #sum: unknown;
  #members = 0;

  constructor(base: JsonObject) {
    this.#base = base;
  }

  /** Undefined before the first; valid until the next is added. */
  get sum(): unknown {
    return this.#sum;
  }

  /** Members of the patches added, all levels counted: what applying the sum costs at most. */
  get members(): number {
    return this.#members;
  }

  add(patch: unknown): void {
    this.#sum = this.#merged(this.#sum, patch, this.#base);
  }

  #merged(first: unknown, second: unknown, base: unknown): unknown {
    this.#members += 1;
    if (!isJsonObject(second)) return second;
    if (first === undefined) {
      this.#members += Object.keys(second).length;
      return second;
    }
    if (!isJsonObject(first)) return this.#replacing(second, base);
    const sum = this.#own(first);
    for (const key of Object.keys(second)) {
      const member = second[key];
      if (member !== undefined) sum[key] = this.#merged(sum[key], member, memberOf(base, key));
    }
    return sum;
  }

  /** The patch that makes of `base` what `patch` makes of nothing. */
  #replacing(patch: JsonObject, base: unknown): unknown {
    if (!isJsonObject(base)) return patch;
    const sum: Patch = {};
    this.#owned.add(sum);
    for (const key of Object.keys(base)) if (base[key] !== undefined) sum[key] = null;
    for (const key of Object.keys(patch)) {
      this.#members += 1;
      const member: unknown = patch[key];
      if (member !== undefined) sum[key] = isJsonObject(member) ? this.#replacing(member, base[key]) : member;
    }
    return sum;
  }

  #own(patch: JsonObject): Patch {
    if (this.#owned.has(patch)) return patch as Patch;
    const copy = { ...patch };
    this.#owned.add(copy);
    return copy;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}
