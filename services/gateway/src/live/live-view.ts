import type { JsonObject } from "@kontor/kernel";
import { PatchedValue } from "@kontor/kernel";

/** One part of a stream as an audience sees it, moved forward by merge patches. */
export class LiveView {
  /** Journal position that the view was read at; patches up to here are in it already. */
  readonly asOf: number;
  readonly #patched: PatchedValue;
  #json: string | null = null;

  constructor(value: JsonObject, asOf: number) {
    this.#patched = new PatchedValue(value);
    this.asOf = asOf;
  }

  get value(): JsonObject {
    return this.#patched.value;
  }

  /** False when the view holds this change already. */
  apply(patch: unknown, seq: number): boolean {
    if (seq <= this.asOf) return false;
    this.#patched.apply(patch);
    this.#json = null;
    return true;
  }

  /** The part of a patch that would change something; undefined when none would. */
  effectOf(patch: unknown): unknown {
    return this.#patched.effectOf(patch);
  }

  json(): string {
    this.#json ??= JSON.stringify(this.value);
    return this.#json;
  }
}
