import type { Audience } from "@kontor/bus";
import type { Actor, JsonObject, StreamViews } from "@kontor/kernel";

/** What one actor may see of a stream. */
export type Sight = { readonly audience: Audience; readonly view: JsonObject; readonly own?: JsonObject };

/**
 * The part of a stream that an actor gets; null when there is none, which looks like a missing stream.
 * Other marketplace: none. Operator, auditor and the owner's company: `owner`. A company with a part of its own:
 * `company`. Anybody else: `public`, if there is one.
 */
export function sightOf(views: StreamViews, actor: Actor): Sight | null {
  if (actor.kind === "system" || actor.marketplaceId !== views.marketplaceId) return null;
  const { companyId } = actor;
  if (actor.kind === "operator" || actor.kind === "auditor" || companyId === views.ownerCompanyId) {
    return views.owner === undefined ? null : { audience: "owner", view: views.owner };
  }
  const own = companyId === null ? undefined : views.own.get(companyId);
  if (own !== undefined && views.participant !== undefined)
    return { audience: "company", view: views.participant, own };
  return views.public === undefined ? null : { audience: "public", view: views.public };
}
