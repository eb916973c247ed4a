import type { Audience } from "@kontor/bus";
import type { Actor, JsonObject } from "@kontor/kernel";
import type { PublishedStream } from "./published-stream.ts";

/** What one actor may see of a stream. */
export type Sight = { readonly audience: Audience; readonly view: JsonObject; readonly own?: JsonObject };

/**
 * The part of a stream that an actor gets; null when there is none, which looks like a missing stream.
 * Other marketplace: none. Operator, auditor and the owner's company: `owner`. A company with a part of its own:
 * `company`. Anybody else: `public`, if there is one.
 */
export function sightOf(stream: PublishedStream, actor: Actor): Sight | null {
  if (actor.kind === "system" || actor.marketplaceId !== stream.marketplaceId) return null;
  const { companyId } = actor;
  if (actor.kind === "operator" || actor.kind === "auditor" || companyId === stream.ownerCompanyId) {
    return sharedSight("owner", stream.shared("owner"));
  }
  const own = companyId === null ? undefined : stream.own(companyId);
  const participant = own === undefined ? undefined : stream.shared("participant");
  if (own !== undefined && participant !== undefined) return { audience: "company", view: participant, own };
  return sharedSight("public", stream.shared("public"));
}

function sharedSight(audience: "owner" | "public", view: JsonObject | undefined): Sight | null {
  return view === undefined ? null : { audience, view };
}
