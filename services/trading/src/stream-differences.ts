import type { StreamUpdate } from "@kontor/bus";
import type { JsonObject, StreamViews } from "@kontor/kernel";
import { mergePatchOf } from "@kontor/kernel";
import type { SharedAudience } from "./published-stream.ts";
import { sharedAudiences } from "./published-stream.ts";

/** Patches for each audience that sees a difference; null when nobody does. */
export function streamUpdateOf(stream: string, before: StreamViews, after: StreamViews): StreamUpdate | null {
  const parts = { ...sharedParts(before, after), ...ownParts(before.own, after.own) };
  return Object.keys(parts).length === 0 ? null : { stream, ...parts };
}

type SharedParts = { [Audience in SharedAudience]?: unknown };

/** Audiences that see the same are compared once. */
function sharedParts(before: StreamViews, after: StreamViews): SharedParts {
  const parts: SharedParts = {};
  let last: { readonly from: unknown; readonly to: unknown; readonly patch: unknown } | null = null;
  for (const audience of sharedAudiences) {
    const [from, to] = [before[audience], after[audience]];
    if (last === null || last.from !== from || last.to !== to) last = { from, to, patch: partOf(from, to) };
    if (last.patch !== undefined) parts[audience] = last.patch;
  }
  return parts;
}

/** Undefined when nothing changes, null when the audience has nothing to see any more. */
function partOf(from: JsonObject | undefined, to: JsonObject | undefined): unknown {
  if (from === to) return undefined;
  if (to === undefined) return null;
  const patch = mergePatchOf(from ?? {}, to);
  return patch === null && from !== undefined ? undefined : (patch ?? {});
}

function ownParts(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
): Pick<StreamUpdate, "own" | "moved"> {
  const own: [companyId: string, patch: unknown][] = [];
  const moved: string[] = [];
  for (const companyId of before.keys()) if (!after.has(companyId)) moved.push(companyId);
  for (const [companyId, to] of after) {
    const from = before.get(companyId);
    const patch = from === undefined ? null : mergePatchOf(from, to);
    if (from === undefined) moved.push(companyId);
    else if (patch !== null) own.push([companyId, patch]);
  }
  return {
    ...(own.length > 0 ? { own: Object.fromEntries(own) } : {}),
    ...(moved.length > 0 ? { moved } : {}),
  };
}
