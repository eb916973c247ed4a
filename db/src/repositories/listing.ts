import type { Page } from "@kontor/protocol";

/** A page, or the one thing that can be wrong with asking for it. */
export type Listing<Entry> =
  | ({ readonly ok: true } & Page<Entry>)
  | { readonly ok: false; readonly code: "cursor_malformed" };

/** A write's answer. A record of another marketplace or company counts as missing. */
export type Written<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: "not_found" }
  /** Something with this name exists already, or the record is in a state that excludes the change. */
  | { readonly ok: false; readonly code: "conflict" }
  /** The record has another version than the caller has read. */
  | { readonly ok: false; readonly code: "precondition_failed"; readonly actualVersion: number };

/** Query members that a caller may leave out, as they come from the parsed query of a request. */
export type Query<Schema> = { readonly [Member in keyof Schema]?: Schema[Member] | undefined };
