import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";

/** Parts of a journal entry; those that were written before come as their text. */
export type EntryParts = {
  readonly seq: number;
  readonly at: Micros;
  readonly actor: Actor;
  readonly key: string | null;
  readonly fingerprint: string | null;
  readonly entropy: string | null;
  /** JSON of the command. */
  readonly command: string;
  readonly outcome: "events" | "rejection";
  /** JSON of the events or the rejection. */
  readonly outcomeText: string;
};

const systemText = JSON.stringify(systemActor);
const plain = /^[A-Za-z0-9_-]*$/;

function textOf(actor: Actor): string {
  if (actor === systemActor) return systemText;
  const { kind, userId, companyId, marketplaceId } = actor;
  if (companyId === null || marketplaceId === null) return JSON.stringify(actor);
  if (!plain.test(userId) || !plain.test(companyId) || !plain.test(marketplaceId)) return JSON.stringify(actor);
  return `{"kind":"${kind}","userId":"${userId}","companyId":"${companyId}","marketplaceId":"${marketplaceId}"}`;
}

/**
 * The line of one journal entry, as `decodeEntries` reads it. Written by hand because the command's text exists
 * already: its fingerprint was taken from it. Keys hold letters, digits, hyphens and underscores only.
 */
export function entryLine(parts: EntryParts): string {
  const { seq, at, actor, key, fingerprint, entropy, command, outcome, outcomeText } = parts;
  const actorText = textOf(actor);
  const keyText = key === null ? "null" : `"${key}"`;
  const printText = fingerprint === null ? "null" : `"${fingerprint}"`;
  const entropyText = entropy === null ? "" : `"entropy":"${entropy}",`;
  return `{"seq":${seq},"at":${at},"actor":${actorText},"key":${keyText},"fingerprint":${printText},${entropyText}"command":${command},"${outcome}":${outcomeText}}\n`;
}
