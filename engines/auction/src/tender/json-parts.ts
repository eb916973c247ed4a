import type { Json, JsonObject, Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";

/** The value without its nulls, at any depth: in a view an absent member means "not set". */
export function withoutNulls(value: object): JsonObject {
  const present = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(present.map(([name, member]) => [name, bare(member)]));
}

function bare(value: unknown): Json {
  if (Array.isArray(value)) return value.map(bare);
  return typeof value === "object" && value !== null ? withoutNulls(value) : (value as Json);
}

/** An instant as a member that is left out when there is none. */
export function instantMember<Name extends string>(name: Name, at: Micros | null): { readonly [key in Name]?: string } {
  return (at === null ? {} : { [name]: instantOfMicros(at) }) as { readonly [key in Name]?: string };
}
