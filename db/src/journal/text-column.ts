import type { JsonForm } from "@kontor/kernel";
import { invariant, putTogether, takeApart, valuesIn } from "@kontor/kernel";

/*
 * A column of JSON texts, most of which have the form of one before and differ from it in few values. A cell is
 *   !text    a text of no form that comes again
 *   +text    the first text of the next form
 *   fnvnv…   form `f`; value number `n` is `v` (each behind a quote, which no value holds), the others are as in the
 *            last text of that form
 * where `f` and `n` are one character each, counted from "0". JSON holds no raw tab or line feed, so a cell ends at one.
 */
const plain = "!";
const fresh = "+";
const quote = '"';
const zero = "0".charCodeAt(0);
/** Forms of a column and values of a form: as many as there are letters and signs after "0". */
const countMax = 75;

type Known = { readonly form: JsonForm; readonly sign: string; values: readonly string[] };

/** Writes the cells of one column. */
export class TextColumnWriter {
  readonly #byBlank = new Map<string, Known>();
  #last: Known | null = null;

  cellOf(text: string): string {
    const last = this.#last;
    const values = last === null ? null : valuesIn(text, last.form);
    if (last !== null && values !== null) return changed(last, values);
    const taken = takeApart(text);
    if (taken === null || taken.values.length > countMax) return plain + text;
    const known = this.#byBlank.get(taken.form.blank);
    if (known === undefined) return this.#firstOf(text, taken.form, taken.values);
    this.#last = known;
    return changed(known, taken.values);
  }

  #firstOf(text: string, form: JsonForm, values: readonly string[]): string {
    if (this.#byBlank.size === countMax) return plain + text;
    this.#last = { form, sign: signOf(this.#byBlank.size), values };
    this.#byBlank.set(form.blank, this.#last);
    return fresh + text;
  }
}

function signOf(number: number): string {
  return String.fromCharCode(zero + number);
}

function changed(known: Known, values: readonly string[]): string {
  let cell = known.sign;
  for (let number = 0; number < values.length; number++) {
    const value = values[number] ?? "";
    if (value !== known.values[number]) cell += quote + signOf(number) + value;
  }
  known.values = values;
  return cell;
}

/** Of a text what a cell told last: its form and values, or the text where it has no form. */
export type Cell =
  | { readonly form: JsonForm; readonly values: readonly string[]; readonly text: null }
  | { readonly form: null; readonly values: null; readonly text: string };

/** Reads the cells of one column, in order; every cell must be read. */
export class TextColumnReader {
  readonly #forms: { readonly form: JsonForm; readonly values: string[]; readonly text: null }[] = [];

  /** The cell in `row` from `start` to `end`. The values are good until the next cell is read. @throws RangeError */
  read(row: string, start: number, end: number): Cell {
    const first = row.charCodeAt(start);
    if (first === plain.charCodeAt(0)) return { form: null, values: null, text: row.slice(start + 1, end) };
    if (first === fresh.charCodeAt(0)) return this.#learn(row.slice(start + 1, end));
    const known = this.#forms[first - zero];
    if (known === undefined) throw new RangeError("a form that was not told");
    for (let at = start + 1; at < end; ) {
      const next = row.indexOf(quote, at + 1);
      const until = next < 0 || next > end ? end : next;
      const number = row.charCodeAt(at + 1) - zero;
      if (!(number >= 0 && number < known.values.length)) throw new RangeError("a value that the form does not have");
      known.values[number] = row.slice(at + 2, until);
      at = until;
    }
    return known;
  }

  #learn(text: string): Cell {
    const taken = takeApart(text);
    if (taken === null) throw new RangeError("a text without a form");
    const known = { form: taken.form, values: [...taken.values], text: null };
    this.#forms.push(known);
    return known;
  }
}

/** The JSON that a cell stands for. */
export function textOf({ form, values, text }: Cell): string {
  if (text !== null) return text;
  invariant(form !== null && values !== null, "a cell has a text or a form");
  return putTogether(form, values);
}
