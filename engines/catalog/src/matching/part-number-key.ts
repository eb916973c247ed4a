import { fold } from "../search/text/folding.ts";
import { plainIdentifier } from "../search/text/identifiers.ts";

/**
 * A part number or a brand's name as it is compared: without case, accents, blanks and signs, so that `AB-12/3` and
 * `ab 123` are one. Of a text that has nothing but signs the text itself, and never empty but for an empty text.
 */
export function partNumberKey(text: string): string {
  const plain = plainIdentifier(text);
  return plain === "" ? fold(text).replace(/\s+/g, "") : plain;
}
