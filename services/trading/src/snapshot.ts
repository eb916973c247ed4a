import { createHash } from "node:crypto";
import type { Snapshot } from "@kontor/db";
import { packTextAside, unpackText } from "@kontor/db";
import type { JsonObject, Micros } from "@kontor/kernel";
import type { EncodedKeyWindow } from "./key-window.ts";
import type { Rebuilt } from "./rebuild.ts";

/** A shard after `seq`, as it is stored. */
export type ShardSnapshot = {
  readonly seq: number;
  readonly epoch: number;
  /** Hash of the journal's chain at `seq`. */
  readonly hash: Uint8Array;
  readonly at: Micros;
  readonly state: JsonObject;
  readonly keys: EncodedKeyWindow;
  /** Characters, nearly all of them the state's. */
  readonly length: number;
};

type Content = {
  readonly at: Micros;
  readonly hash: string;
  readonly state: JsonObject;
  readonly keys: EncodedKeyWindow;
};

export type SnapshotPlace = Pick<Snapshot, "shard" | "epoch" | "schemaVersion">;

/** @param stateText the canonical text of the rebuilt state, which is long: it is written once and packed aside */
export async function snapshotOf(place: SnapshotPlace, rebuilt: Rebuilt, stateText: string): Promise<Snapshot> {
  const { seq, at, keys } = rebuilt;
  const hash = Buffer.from(rebuilt.hash).toString("hex");
  const rest = JSON.stringify({ at, hash, keys: keys.encode() } satisfies Omit<Content, "state">);
  const state = await packTextAside(`${rest.slice(0, -1)},"state":${stateText}}`);
  return { ...place, seq, state, stateHash: sha256(state) };
}

/** What a string can hold; the bytes are vouched for by their hash. */
const bytesMax = 2 ** 29 - 24;

/** Undefined when the stored bytes are not what was stored; the journal then does without them. */
export function readSnapshot({ seq, epoch, state, stateHash }: Snapshot): ShardSnapshot | undefined {
  if (Buffer.compare(sha256(state), stateHash) !== 0) return undefined;
  const text = unpackText(state, bytesMax);
  const content: Content = JSON.parse(text);
  return { ...content, length: text.length, seq, epoch, hash: Buffer.from(content.hash, "hex") };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
