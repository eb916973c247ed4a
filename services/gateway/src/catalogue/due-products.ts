import type { Micros } from "@kontor/kernel";

/** Products that have to be looked at again at an instant, because a period of theirs begins or ends then. */
export class DueProducts {
  readonly #dueAt = new Map<string, Micros>();
  /** Periods begin and end with days, so that many products share an instant. */
  readonly #byInstant = new Map<Micros, Set<string>>();

  set(productId: string, at: Micros | null): void {
    const known = this.#dueAt.get(productId);
    if (known !== undefined) {
      const there = this.#byInstant.get(known);
      there?.delete(productId);
      if (there?.size === 0) this.#byInstant.delete(known);
      this.#dueAt.delete(productId);
    }
    if (at === null) return;
    this.#dueAt.set(productId, at);
    const there = this.#byInstant.get(at) ?? new Set();
    there.add(productId);
    this.#byInstant.set(at, there);
  }

  /** Those that are due, at most so many. */
  due(now: Micros, max: number): readonly string[] {
    const found: string[] = [];
    for (const [at, products] of this.#byInstant) {
      if (at > now) continue;
      for (const product of products) {
        if (found.length === max) return found;
        found.push(product);
      }
    }
    return found;
  }
}
