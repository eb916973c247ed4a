/* Text for a terminal: emphasis, columns, lines that fit. */

const left = 40;

/** Two columns, the left one of fixed width. */
export function sideBySide(a: readonly string[], b: readonly string[]): readonly string[] {
  const rows = Math.max(a.length, b.length);
  return Array.from({ length: rows }, (_, i) => `${(a[i] ?? "").padEnd(left)}${b[i] ?? ""}`.trimEnd());
}

const controlSequence = "\u001b";
const mark = new RegExp(`(${controlSequence}\\[\\d+m)`);
export const bold = (text: string): string => `${controlSequence}[1m${text}${controlSequence}[22m`;
export const dim = (text: string): string => `${controlSequence}[2m${text}${controlSequence}[22m`;

/** Cuts what a narrow terminal would wrap; the marks of bold and dim text take no room and all stay. */
export function clipped(line: string, width: number): string {
  let left = width;
  const parts = line.split(mark).map((part, i) => {
    if (i % 2 === 1) return part;
    const shown = part.slice(0, Math.max(0, left));
    left -= shown.length;
    return shown;
  });
  return parts.join("");
}
