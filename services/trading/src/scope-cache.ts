import { keyScopeOf } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import type { KeyStart } from "./key-filter.ts";
import { keyStartOf } from "./key-filter.ts";

/** What the ids of an actor's keys begin with, see `keyIdOf`. */
export type KeyScope = { readonly prefix: string; readonly start: KeyStart };

/** Key scopes by the JSON of an actor: a shard has few actors and many entries. */
export type ScopeCache = { readonly of: (actorText: string) => KeyScope };

const scopesMax = 10_000;

export function createScopeCache(): ScopeCache {
  const scopes = new Map<string, KeyScope>();
  return {
    of(actorText) {
      const known = scopes.get(actorText);
      if (known !== undefined) return known;
      const actor: Actor = JSON.parse(actorText);
      const prefix = `${keyScopeOf(actor)} `;
      const scope = { prefix, start: keyStartOf(prefix) };
      if (scopes.size < scopesMax) scopes.set(actorText, scope);
      return scope;
    },
  };
}
