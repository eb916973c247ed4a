const marks = /[\u0300-\u036f]/g;
const apart: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", þ: "th", ı: "i" };

/** Small letters without accents; what is not a letter or a digit stays. */
export function fold(text: string): string {
  const small = text.toLowerCase();
  if (isAscii(small)) return small;
  return small
    .normalize("NFKD")
    .replace(marks, "")
    .replace(/[ßæœøłđþı]/g, (letter) => apart[letter] ?? letter);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** Letters and digits of any script; by code unit, of folded text. */
export function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
  if (unit < 0xc0) return unit === 0xaa || unit === 0xb5 || unit === 0xba;
  if (unit >= 0x2000 && unit <= 0x2bff) return false;
  if (unit >= 0x3000 && unit <= 0x303f) return false;
  if (unit >= 0xfe10 && unit <= 0xfe6f) return false;
  if (unit >= 0xff00 && unit <= 0xff0f) return false;
  return unit !== 0xd7 && unit !== 0xf7;
}

export const isDigitUnit = (unit: number): boolean => unit >= 48 && unit <= 57;
