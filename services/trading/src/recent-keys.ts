/**
 * Which shard each of the latest keys of this host went to: the same key for another shard is another command, and its
 * sender has to hear that. Repetition within one shard does not rest on this: its own window answers that, for ever.
 */
export class RecentKeys {
  /** Two halves, so that old keys go many at once: a map that loses its first entries one by one becomes slow. */
  #newer = new Map<string, string>();
  #older = new Map<string, string>();
  readonly #perHalf: number;

  constructor(max: number) {
    this.#perHalf = Math.ceil(max / 2);
  }

  /** Whether this key (see `keyIdOf`) was last sent to another shard. */
  isElsewhere(id: string, shard: string): boolean {
    const last = this.#newer.get(id) ?? this.#older.get(id);
    return last !== undefined && last !== shard;
  }

  use(id: string, shard: string): void {
    this.#newer.set(id, shard);
    if (this.#newer.size < this.#perHalf) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }

  /** The key decided nothing: it is free again. */
  free(id: string): void {
    this.#newer.delete(id);
    this.#older.delete(id);
  }
}
