import type { JsonObject } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";

/** What a client holds of one stream: its state as of (epoch, seq). */
export type StreamState = {
  readonly epoch: string;
  readonly seq: number;
  readonly view: JsonObject;
  /** The subscriber's private part, where he has one. */
  readonly own: JsonObject | undefined;
};

export type SnapshotFrame = {
  readonly stream: string;
  readonly epoch: string;
  readonly seq: number;
  readonly snapshot: JsonObject;
  readonly own?: JsonObject | undefined;
};

export type EventFrame = {
  readonly stream: string;
  readonly epoch: string;
  readonly seq: number;
  readonly prev: number;
  readonly event: { readonly type: string; readonly patch?: unknown; readonly own?: unknown };
};

export type StreamStep =
  | { readonly kind: "applied"; readonly state: StreamState }
  /** Old news, sent or delivered twice. */
  | { readonly kind: "repeated" }
  /** Something is missing before this frame: ask for it. */
  | { readonly kind: "gap" };

/** A snapshot replaces everything, unless it is older than what is held of the same epoch. */
export function takeSnapshot(state: StreamState | null, frame: SnapshotFrame): StreamStep {
  const older = state !== null && state.epoch === frame.epoch && frame.seq < state.seq;
  if (older) return { kind: "repeated" };
  const { epoch, seq, snapshot, own } = frame;
  return { kind: "applied", state: { epoch, seq, view: snapshot, own } };
}

/** A frame applies only directly after the one it names as its predecessor. */
export function takeEvent(state: StreamState | null, frame: EventFrame): StreamStep {
  if (state === null || state.epoch !== frame.epoch) return { kind: "gap" };
  if (frame.seq <= state.seq) return { kind: "repeated" };
  if (frame.prev !== state.seq) return { kind: "gap" };
  const { patch, own } = frame.event.type === "changed" ? frame.event : { patch: undefined, own: undefined };
  const patchedOwn = own === undefined ? state.own : applyMergePatch(state.own, own);
  return {
    kind: "applied",
    state: {
      epoch: state.epoch,
      seq: frame.seq,
      view: patch === undefined ? state.view : (applyMergePatch(state.view, patch) as JsonObject),
      own: (patchedOwn ?? undefined) as JsonObject | undefined,
    },
  };
}
