import type { Micros } from "@kontor/kernel";
import { PatchSeries } from "@kontor/kernel";
import type { LiveView } from "./live-view.ts";

export type Change = { readonly patch: unknown; readonly seq: number; readonly at: Micros };

type ConflationParts = {
  /** As of the last frame: what waits is not in it. */
  readonly view: LiveView;
  /** Least time from one frame to the next. */
  readonly everyMs: number;
  /** Called with what has come together and changes something; the view is moved on before. */
  readonly emit: (change: Change) => void;
};

/** Makes one change of those that come in a short time; the first after a quiet time goes out at once. */
export class Conflation {
  readonly #parts: ConflationParts;
  #waiting: { readonly series: PatchSeries; seq: number; at: Micros } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #emittedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ConflationParts) {
    this.#parts = parts;
  }

  add({ patch, seq, at }: Change): void {
    const { view, everyMs } = this.#parts;
    if (seq <= view.asOf) return;
    this.#waiting ??= { series: new PatchSeries(view.value), seq, at };
    this.#waiting.series.add(patch);
    this.#waiting.seq = seq;
    this.#waiting.at = at;
    if (this.#timer !== null) return;
    const waitMs = this.#emittedAt + everyMs - performance.now();
    if (waitMs <= 0) this.#emit();
    else this.#timer = setTimeout(() => this.#emit(), waitMs).unref();
  }

  #emit(): void {
    this.#timer = null;
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    const { view, emit } = this.#parts;
    const { series, seq, at } = waiting;
    const patch = view.effectOf(series.sum);
    if (patch === undefined) return; // All of it was taken back in the meantime.
    this.#emittedAt = performance.now();
    view.apply(patch, seq);
    emit({ patch, seq, at });
  }
}
