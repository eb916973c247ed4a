import type { CodeLists } from "./code-lists.ts";
import type { Judged } from "./told-faults.ts";
import { faulty, fine } from "./told-faults.ts";

/** The unit's code, or `unit_unknown` with the code that was probably meant. */
export function checkUnit(
  text: string,
  pointer: string,
  lists: Pick<CodeLists, "isUnit" | "unitMeant">,
): Judged<string> {
  if (lists.isUnit(text)) return fine(text);
  const meant = lists.unitMeant(text);
  return faulty("unit_unknown", pointer, { unit: text, ...(meant === null ? {} : { meant }) });
}
