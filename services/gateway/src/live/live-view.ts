import type { JsonObject } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";

const unappliedMax = 64;

/**
 * One part of a stream as an audience sees it, moved forward by merge patches. Patches are put off until somebody asks
 * for the whole: most of the time nobody does.
 */
export class LiveView {
  /** Journal position that the view was read at; patches up to here are in it already. */
  readonly asOf: number;
  #value: JsonObject;
  #unapplied: unknown[] = [];
  #json: string | null = null;

  constructor(value: JsonObject, asOf: number) {
    this.#value = value;
    this.asOf = asOf;
  }

  /** False when the view holds this change already. */
  apply(patch: unknown, seq: number): boolean {
    if (seq <= this.asOf) return false;
    this.#unapplied.push(patch);
    this.#json = null;
    if (this.#unapplied.length >= unappliedMax) this.#settle();
    return true;
  }

  json(): string {
    this.#settle();
    this.#json ??= JSON.stringify(this.#value);
    return this.#json;
  }

  #settle(): void {
    if (this.#unapplied.length === 0) return;
    for (const patch of this.#unapplied) this.#value = applyMergePatch(this.#value, patch) as JsonObject;
    this.#unapplied = [];
  }
}
