import { createHash } from "node:crypto";
import type { Snapshot } from "@kontor/db";
import type { JsonObject, Micros } from "@kontor/kernel";
import type { EncodedKeyWindow } from "./key-window.ts";
import type { Mechanism } from "./mechanism.ts";
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
};

type Content = {
  readonly at: Micros;
  readonly hash: string;
  readonly state: JsonObject;
  readonly keys: EncodedKeyWindow;
};

export type SnapshotPlace = { readonly shard: string; readonly epoch: number };

export function snapshotOf({ shard, epoch }: SnapshotPlace, mechanism: Mechanism, rebuilt: Rebuilt): Snapshot {
  const { seq, at, keys } = rebuilt;
  const hash = Buffer.from(rebuilt.hash).toString("hex");
  const content: Content = { at, hash, state: mechanism.encode(rebuilt.state), keys: keys.encode() };
  const state = Buffer.from(JSON.stringify(content), "utf8");
  return { shard, seq, epoch, schemaVersion: mechanism.schemaVersion, state, stateHash: sha256(state) };
}

/** Undefined when the stored bytes are not what was stored; the journal then does without them. */
export function readSnapshot({ seq, epoch, state, stateHash }: Snapshot): ShardSnapshot | undefined {
  if (Buffer.compare(sha256(state), stateHash) !== 0) return undefined;
  const content: Content = JSON.parse(Buffer.from(state).toString("utf8"));
  return { ...content, seq, epoch, hash: Buffer.from(content.hash, "hex") };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
