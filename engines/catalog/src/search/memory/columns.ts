type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A typed array of at least `length` places that starts as `values` does; the rest is 0. Grows by a quarter at least. */
export function widened<Values extends Numbers>(values: Values, length: number): Values {
  if (length <= values.length) return values;
  const room = Math.max(length, values.length + (values.length >>> 2), 16);
  const wider = new (values.constructor as new (length: number) => Values)(room);
  wider.set(values as never);
  return wider;
}

/** A typed array that grows at its end. Loops take `values` out; places from `length` on are 0. */
export class Column<Values extends Numbers> {
  values: Values;
  length = 0;

  constructor(values: Values) {
    this.values = values;
  }

  get bytes(): number {
    return this.values.byteLength;
  }

  push(value: number): number {
    if (this.length === this.values.length) this.values = widened(this.values, this.length + 1);
    this.values[this.length] = value;
    return this.length++;
  }

  /** Makes places up to `length`; new ones hold 0. */
  reach(length: number): void {
    if (length <= this.length) return;
    this.values = widened(this.values, length);
    this.length = length;
  }
}

export const bytesOf = (columns: readonly { readonly bytes: number }[]): number =>
  columns.reduce((sum, { bytes }) => sum + bytes, 0);
