import type { Micros } from "@kontor/kernel";
import { takeApart } from "@kontor/kernel";
import type { TenderState } from "../../src/index.ts";
import { tenderEngine } from "../../src/index.ts";

/** Applies events from their JSON as recovery does, in the engine's shorter way; null where it has none. */
export function evolveShort(state: TenderState, text: string, at: Micros): TenderState | null {
  const taken = takeApart(text);
  if (taken === null) return null;
  return tenderEngine.shortcut?.(taken.form.blank)?.(state, taken.values, at) ?? null;
}
