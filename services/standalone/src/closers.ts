type Closer = { readonly name: string; readonly close: () => Promise<unknown> | unknown };

/** What was started, to be ended in the opposite order. */
export class Closers {
  readonly #closers: Closer[] = [];
  readonly #failed: (name: string, error: unknown) => void;

  constructor(failed: (name: string, error: unknown) => void) {
    this.#failed = failed;
  }

  add(name: string, close: Closer["close"]): void {
    this.#closers.push({ name, close });
  }

  /** Ends everything; a part that fails to end does not keep the others. */
  async closeAll(): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        this.#failed(closer.name, error);
      }
    }
  }
}
