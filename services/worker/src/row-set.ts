/** Rows of one table by key: those that were read and those that changed since. Rows are replaced whole. */
export class RowSet<Row extends { readonly seq: number }> {
  readonly #keyOf: (row: Row) => string;
  readonly #rows = new Map<string, Row>();
  readonly #read = new Set<string>();
  readonly #changed = new Set<string>();

  constructor(keyOf: (row: Row) => string, read: readonly Row[] = []) {
    this.#keyOf = keyOf;
    for (const row of read) {
      const key = keyOf(row);
      this.#rows.set(key, row);
      this.#read.add(key);
    }
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  all(): IterableIterator<Row> {
    return this.#rows.values();
  }

  put(row: Row): void {
    const key = this.#keyOf(row);
    this.#rows.set(key, row);
    this.#changed.add(key);
  }

  /** Changes a row that is there; one that is not is none of this tender's. */
  change(key: string, seq: number, changes: (row: Row) => Partial<Omit<Row, "seq">>): void {
    const row = this.#rows.get(key);
    if (row !== undefined) this.put({ ...row, ...changes(row), seq });
  }

  delete(key: string): void {
    this.#rows.delete(key);
    this.#changed.delete(key);
  }

  changed(): Row[] {
    const rows: Row[] = [];
    for (const key of this.#changed) {
      const row = this.#rows.get(key);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** The changed rows by whether they were read before. */
  changes(): { readonly made: readonly Row[]; readonly altered: readonly Row[] } {
    const made: Row[] = [];
    const altered: Row[] = [];
    for (const key of this.#changed) {
      const row = this.#rows.get(key);
      if (row !== undefined) (this.#read.has(key) ? altered : made).push(row);
    }
    return { made, altered };
  }
}
