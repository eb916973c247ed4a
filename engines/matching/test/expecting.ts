import { expect } from "vitest";
import type { BookConfig } from "../src/index.ts";
import { Script } from "./script.ts";

export type Ending = { readonly buy?: readonly string[]; readonly sell?: readonly string[] };

/** Plays a script in a book with these rules: each told line yields what it says, and the sides end as given. */
export function plays(rules: Partial<BookConfig>, text: string, ending: Ending = {}): Script {
  const script = new Script(rules);
  const { came, wanted } = script.run(text);
  expect(came).toEqual(wanted);
  if (ending.buy !== undefined) expect(script.depth("buy")).toEqual(ending.buy);
  if (ending.sell !== undefined) expect(script.depth("sell")).toEqual(ending.sell);
  return script;
}
