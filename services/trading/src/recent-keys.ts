/**
 * Which shard each of the latest keys of this host went to: the same key for another shard is another command, and its
 * sender has to hear that. Repetition within one shard does not rest on this: its own window answers that, for ever.
 */
export class RecentKeys {
  readonly #shards = new Map<string, string>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** Whether this key (see `keyIdOf`) was last sent to another shard. */
  isElsewhere(id: string, shard: string): boolean {
    const last = this.#shards.get(id);
    return last !== undefined && last !== shard;
  }

  use(id: string, shard: string): void {
    this.#shards.set(id, shard);
    if (this.#shards.size <= this.#max) return;
    const [oldest] = this.#shards.keys();
    if (oldest !== undefined) this.#shards.delete(oldest);
  }

  /** The key decided nothing: it is free again. */
  free(id: string): void {
    this.#shards.delete(id);
  }
}
