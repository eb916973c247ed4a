import type { Json, JsonObject } from "./engine.ts";

type Patch = { [key: string]: Json | null | Patch };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The JSON merge patch (RFC 7396) that turns `from` into `to`; null when they are equal.
 * Objects are compared member by member and by identity first, so unchanged parts that are shared cost nothing;
 * arrays are replaced whole.
 */
export function mergePatchOf(from: JsonObject, to: JsonObject): Patch | null {
  if (from === to) return null;
  let patch: Patch | null = null;
  for (const key of Object.keys(from)) {
    if (from[key] !== undefined && to[key] === undefined) {
      patch ??= {};
      patch[key] = null;
    }
  }
  for (const key of Object.keys(to)) {
    const before = from[key];
    const after = to[key];
    if (after === undefined || before === after) continue;
    if (isJsonObject(before) && isJsonObject(after)) {
      const nested = mergePatchOf(before, after);
      if (nested === null) continue;
      patch ??= {};
      patch[key] = nested;
    } else if (before === undefined || typeof after !== "object" || JSON.stringify(before) !== JSON.stringify(after)) {
      patch ??= {};
      patch[key] = after;
    }
  }
  return patch;
}

/** Applies a merge patch without changing `target`. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const result: Record<string, unknown> = isJsonObject(target) ? { ...target } : {};
  for (const key of Object.keys(patch)) {
    const member: unknown = patch[key];
    if (member === null) delete result[key];
    else if (member !== undefined) result[key] = applyMergePatch(result[key], member);
  }
  return result;
}
