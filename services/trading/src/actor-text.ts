import type { Actor } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";

const systemText = JSON.stringify(systemActor);
const plain = /^[A-Za-z0-9_-]*$/;

/** JSON of an actor, as `JSON.stringify` writes it, for every entry has one. */
export function actorText(actor: Actor): string {
  if (actor === systemActor) return systemText;
  const { kind, userId, companyId, marketplaceId } = actor;
  if (companyId === null || marketplaceId === null) return JSON.stringify(actor);
  if (!plain.test(userId) || !plain.test(companyId) || !plain.test(marketplaceId)) return JSON.stringify(actor);
  return `{"kind":"${kind}","userId":"${userId}","companyId":"${companyId}","marketplaceId":"${marketplaceId}"}`;
}
