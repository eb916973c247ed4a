/** How far a reading has come. Bytes are those of the source; of a workbook those of the unpacked sheet are added. */
export type Progress = {
  readonly bytesRead: number;
  /** Null where the size was not told. */
  readonly bytesTotal: number | null;
  readonly rows: number;
};

/**
 * The bytes of a source, counted, from a first piece that can be looked at before the rest is asked for.
 *
 * @throws the signal's reason, from whatever waits, once it is aborted; the source is then ended.
 */
export class ByteSource {
  bytesRead = 0;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  #kept: Uint8Array[] = [];
  #ended = false;

  constructor(pieces: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** The first bytes, at least so many if there are so many. They are given again to whoever reads. */
  async peek(bytes: number): Promise<Uint8Array> {
    let size = this.#kept.reduce((total, piece) => total + piece.length, 0);
    while (size < bytes && !this.#ended) {
      const piece = await this.#next();
      if (piece === null) break;
      this.#kept.push(piece);
      size += piece.length;
    }
    const joined = Buffer.concat(this.#kept);
    this.#kept = [joined];
    return joined;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of this.#kept.splice(0)) yield this.#counted(piece);
      for (let piece = await this.#next(); piece !== null; piece = await this.#next()) yield this.#counted(piece);
    } finally {
      await this.close();
    }
  }

  /** Ends the source, also one that has more. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    // A source that hangs in its read would answer only after it; nobody waits for that.
    const ending = this.#pieces.return?.();
    if (this.#signal?.aborted === true) ending?.catch(() => undefined);
    else await ending;
  }

  #counted(piece: Uint8Array): Uint8Array {
    this.bytesRead += piece.length;
    return piece;
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const { done, value } = await orAborted(this.#pieces.next(), this.#signal);
    if (done !== true) return value;
    this.#ended = true;
    return null;
  }
}

/** What the promise gives, unless the signal comes first. @throws the signal's reason. */
export async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
