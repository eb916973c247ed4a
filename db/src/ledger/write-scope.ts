import type { Actor } from "@kontor/kernel";

/** In which marketplace the actor may write: null for all, undefined for none. */
export function writeScopeOf({ kind, marketplaceId }: Actor): string | null | undefined {
  if (kind === "system") return null;
  return kind === "operator" ? (marketplaceId ?? undefined) : undefined;
}

export function writesIn(actor: Actor, marketplaceId: string): boolean {
  const scope = writeScopeOf(actor);
  return scope === null || scope === marketplaceId;
}
