import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import { never } from "../schema/read-models-columns.ts";

/** The same record without the members that are null, undefined or never: in records they are absent. */
export function present<Members extends Record<string, unknown>>(
  members: Members,
): { [Name in keyof Members]?: NonNullable<Members[Name]> } {
  const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as { [Name in keyof Members]?: NonNullable<Members[Name]> };
}

export function instantOf(at: Micros): string;
export function instantOf(at: Micros | null): string | null;
export function instantOf(at: Micros | null): string | null {
  return at === null || at === never ? null : instantOfMicros(at);
}
