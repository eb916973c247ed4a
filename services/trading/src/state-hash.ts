import { hash } from "node:crypto";
import { canonicalText } from "./canonical-text.ts";
import type { Mechanism, MechanismState } from "./mechanism.ts";

/** SHA-256 over the canonical text of a state, equal for equal states however they came about; and that text's length. */
export function stateHashOf(mechanism: Mechanism, state: MechanismState): { stateHash: string; length: number } {
  const text = canonicalText(mechanism.encode(state));
  return { stateHash: hash("sha256", text, "hex"), length: text.length };
}

/** SHA-256 of a command's canonical text. */
export function fingerprintOf(canonical: string): string {
  return hash("sha256", canonical, "hex");
}
