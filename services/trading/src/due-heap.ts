import type { Micros } from "@kontor/kernel";

type Due = { readonly id: string; readonly due: Micros };

/** Instants by id, the earliest at hand. Replaced instants stay in the heap until they surface or outnumber the rest. */
export class DueHeap {
  readonly #dues = new Map<string, Due>();
  #heap: Due[] = [];

  set(id: string, due: Micros): void {
    if (this.#dues.get(id)?.due === due) return;
    const entry = { id, due };
    this.#dues.set(id, entry);
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
    if (this.#heap.length > 64 + this.#dues.size * 2) this.#compact();
  }

  remove(id: string): void {
    this.#dues.delete(id);
  }

  first(): Due | null {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined) return null;
      if (this.#dues.get(top.id) === top) return top;
      const last = this.#heap.pop();
      if (last !== undefined && this.#heap.length > 0) {
        this.#heap[0] = last;
        this.#down(0);
      }
    }
  }

  #compact(): void {
    this.#heap = [...this.#dues.values()].sort((a, b) => a.due - b.due);
  }

  #up(from: number): void {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLess(index, parent)) return;
      index = parent;
    }
  }

  #down(from: number): void {
    for (let index = from; ; ) {
      const left = index * 2 + 1;
      const child = this.#dueAt(left + 1) < this.#dueAt(left) ? left + 1 : left;
      if (!this.#swapIfLess(child, index)) return;
      index = child;
    }
  }

  #dueAt(index: number): Micros {
    return this.#heap[index]?.due ?? Number.POSITIVE_INFINITY;
  }

  #swapIfLess(index: number, above: number): boolean {
    const [entry, other] = [this.#heap[index], this.#heap[above]];
    if (entry === undefined || other === undefined || entry.due >= other.due) return false;
    this.#heap[index] = other;
    this.#heap[above] = entry;
    return true;
  }
}
