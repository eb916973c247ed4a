import { hash } from "node:crypto";
import { canonicalText } from "./canonical-text.ts";
import type { Mechanism, MechanismState } from "./mechanism.ts";

/** The canonical text of a state and its SHA-256: equal for equal states, however they came about. */
export type StateText = { readonly text: string; readonly stateHash: string };

export function stateTextOf(mechanism: Mechanism, state: MechanismState): StateText {
  const text = canonicalText(mechanism.encode(state));
  return { text, stateHash: hash("sha256", text, "hex") };
}

/** SHA-256 of a command's canonical text. */
export function fingerprintOf(canonical: string): string {
  return hash("sha256", canonical, "hex");
}
