import { cleanText } from "./xml-text.ts";

/** What of a row BMEcat 2005 cannot say. Codes are permanent; `README.md` says what each means. */
export const exportProblemCodes = [
  "row_left_out",
  "value_left_out",
  "text_cut",
  "unit_replaced",
  "member_not_in_format",
] as const;

export type ExportProblem = {
  readonly partNumber: string;
  readonly code: (typeof exportProblemCodes)[number];
  /** The member of the row. */
  readonly member: string;
  readonly value: string;
};

/** Gathers what a row loses on its way. */
export class ExportReport {
  readonly problems: ExportProblem[] = [];
  readonly #partNumber: string;

  constructor(partNumber: string) {
    this.#partNumber = partNumber;
  }

  tell(code: ExportProblem["code"], member: string, value: string): void {
    this.problems.push({ partNumber: this.#partNumber, code, member, value: value.slice(0, 200) });
  }

  /** A text of at most so many characters that XML allows; what is lost is told. Cut between characters. */
  cut(text: string, max: number, member: string): string {
    const clean = cleanText(text);
    const characters = [...clean];
    if (clean !== text.trim() || characters.length > max) this.tell("text_cut", member, text);
    return characters.length <= max ? clean : characters.slice(0, max).join("").trimEnd();
  }

  /** The value if it fits as it is, and is not empty; an identifier that was changed would be another one. */
  fitting(text: string, max: number, member: string): string | null {
    if (fits(text, max)) return text;
    this.tell("value_left_out", member, text);
    return null;
  }
}

/** Whether a value can stand in an element just as it is. */
export function fits(text: string, max: number): boolean {
  return text !== "" && cleanText(text) === text && [...text].length <= max;
}
