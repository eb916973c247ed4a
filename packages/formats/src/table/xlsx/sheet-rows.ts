import type { RawRow } from "../raw-table.ts";
import { tableLimits } from "../table-limits.ts";
import { dateCellText, numberCellText, unescapedText } from "./cell-text.ts";
import type { NumberKind } from "./number-formats.ts";
import type { SharedTexts } from "./shared-texts.ts";
import { tooLarge } from "./workbook.ts";
import { brokenPart, XmlEvents } from "./xml-events.ts";

export type CellContext = {
  readonly texts: SharedTexts;
  readonly kinds: readonly NumberKind[];
  readonly from1904: boolean;
};

/** What a cell shows whose formula was never calculated by the program that wrote the file. */
const uncalculated = "#UNCALCULATED!";

/** A sheet's rows from its XML in pieces. A cell that is not there is empty: sheets do not store empty ones. */
export class SheetRows {
  readonly #context: CellContext;
  readonly #events: XmlEvents;
  #rows: RawRow[] = [];
  #number = 0;
  #cells: string[] = [];
  #numbers = new Set<number>();
  #column = -1;
  #kind = "n";
  #style = 0;
  #value = "";
  #collects = false;
  #phonetic = 0;
  #hasFormula = false;
  #hasValue = false;

  constructor(context: CellContext) {
    this.#context = context;
    this.#events = new XmlEvents({
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => {
        if (this.#collects) this.#value += text;
      },
    });
  }

  write(piece: Uint8Array): readonly RawRow[] {
    this.#events.write(piece);
    return this.#taken();
  }

  end(): readonly RawRow[] {
    this.#events.end();
    return this.#taken();
  }

  #taken(): readonly RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") this.#openRow(attributes["r"]);
    else if (name === "c") this.#openCell(attributes);
    else if (name === "v" || name === "t") {
      this.#collects = this.#phonetic === 0;
      this.#hasValue = true;
    } else if (name === "f") this.#hasFormula = true;
    else if (name === "rPh") this.#phonetic++;
  }

  #openRow(written: string | undefined): void {
    const number = written === undefined ? this.#number + 1 : Number(written);
    if (!Number.isSafeInteger(number) || number <= this.#number) throw brokenPart(new Error(`row ${written}`));
    this.#number = number;
    this.#cells = [];
    this.#numbers = new Set();
    this.#column = -1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes["r"];
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (this.#column >= tableLimits.columnsMax) throw tooLarge();
    this.#kind = attributes["t"] ?? "n";
    this.#style = Number(attributes["s"] ?? "0");
    this.#value = "";
    this.#hasFormula = false;
    this.#hasValue = false;
  }

  #close(name: string): void {
    if (name === "v" || name === "t") this.#collects = false;
    else if (name === "rPh") this.#phonetic--;
    else if (name === "c") {
      const text = this.#cellText();
      if (text === "") return;
      while (this.#cells.length < this.#column) this.#cells.push("");
      this.#cells[this.#column] = text;
      if (this.#kind === "n") this.#numbers.add(this.#column);
    } else if (name === "row" && this.#cells.length > 0) {
      this.#rows.push({ number: this.#number, cells: this.#cells, numbers: this.#numbers });
    }
  }

  #cellText(): string {
    if (!this.#hasValue) return this.#hasFormula ? uncalculated : "";
    const { texts, kinds, from1904 } = this.#context;
    switch (this.#kind) {
      case "s": {
        const text = texts.at(Number(this.#value));
        if (text === null) throw brokenPart(new Error(`no shared text ${this.#value}`));
        return text;
      }
      case "b":
        return this.#value.trim() === "1" ? "TRUE" : "FALSE";
      case "n": {
        const kind = kinds[this.#style] ?? "number";
        return kind === "number" ? numberCellText(this.#value) : dateCellText(this.#value, kind, from1904);
      }
      case "d":
        return this.#value.trim().replace(/T00:00:00(?:\.0+)?$/, "");
      default:
        return unescapedText(this.#value);
    }
  }
}

/** The place of a cell in its row, from 0: `C5` is 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (column === 0) throw brokenPart(new Error(`cell ${reference}`));
  return column - 1;
}
