import { keyScopeOf } from "@kontor/db";
import type { Actor } from "@kontor/kernel";

/** Key scopes by the JSON of an actor: a shard has few actors and many entries. */
export type ScopeCache = { readonly of: (actorText: string) => string };

const scopesMax = 10_000;

export function createScopeCache(): ScopeCache {
  const scopes = new Map<string, string>();
  return {
    of(actorText) {
      const known = scopes.get(actorText);
      if (known !== undefined) return known;
      const actor: Actor = JSON.parse(actorText);
      const scope = keyScopeOf(actor);
      if (scopes.size < scopesMax) scopes.set(actorText, scope);
      return scope;
    },
  };
}
