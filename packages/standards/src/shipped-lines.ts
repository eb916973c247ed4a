/** How the shipped lists are written; `generator/lists.ts` is the other side. */

/** Columns of each line. */
export function columnsOf(text: string): string[][] {
  return text.split("\n").map((line) => line.split("\t"));
}

/** Lines of which each begins with the number, in base 36, of leading characters that it shares with the one before. */
export function backCoded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let before = "";
  for (const line of lines) {
    before = before.slice(0, Number.parseInt(line[0] ?? "0", 36)) + line.slice(1);
    whole.push(before);
  }
  return whole;
}
