import type { Actor } from "./actor.ts";
import type { Micros } from "./time.ts";

/** The facts to append for one command, or the one reason there are none. */
export type Decision<Event, Rejection> =
  | { readonly kind: "accepted"; readonly events: readonly Event[] }
  | { readonly kind: "rejected"; readonly rejection: Rejection };

/**
 * One command as the engine sees it.
 *
 * Units   `at` is the host's ingress stamp, UTC microseconds, strictly increasing within a shard.
 * Shape   `entropy` is 64 hex digits on the first command of a shard and null on every later one; whatever an
 *         engine draws by lot must be derived from it, so that a replay draws the same.
 */
export type Input<Command> = {
  readonly command: Command;
  readonly at: Micros;
  readonly actor: Actor;
  readonly entropy: string | null;
};

/** A JSON value. Absent members are left out rather than null, so that a merge patch can say "removed". */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/**
 * What each audience of one live stream may see at one moment.
 *
 * `public`       any member of the marketplace who takes no part
 * `participant`  shared by all admitted companies
 * `own`          what only that company sees, by company id; its stream is `participant` and `own` together
 * `owner`        the company that runs the trade of this shard, and the marketplace's operators and auditors
 * A missing audience may not open the stream at all.
 */
export type StreamViews = {
  readonly marketplaceId: string;
  readonly ownerCompanyId: string;
  readonly public?: JsonObject;
  readonly participant?: JsonObject;
  readonly owner?: JsonObject;
  readonly own: ReadonlyMap<string, JsonObject>;
};

/**
 * Merge patches that some events make of a stream's views, for each audience that they may concern. A patch may say
 * what is so already. `own` names no company that had no part of its own before.
 */
export type StreamPatches = {
  readonly public?: unknown;
  readonly participant?: unknown;
  readonly owner?: unknown;
  readonly own?: ReadonlyMap<string, unknown>;
};

/** The same as `evolve` for each event, given their string values in order; null where only that can tell. */
export type Shortcut<State> = (state: State, values: readonly string[], at: Micros) => State | null;

/**
 * A trading mechanism: pure, total, clockless. Functions are properties, so they may be passed around.
 *
 * `evolve` may change the state object it is given, which it alone owns, and returns it; `decide` never does, unless that
 * is the only way to an answer: then the state is one command ahead until `evolve` has the events of that very command.
 * `reply` is a function of the journaled entry alone, so that a repeated command gets the same answer for ever.
 */
export type Engine<State, Command, Event, Rejection> = {
  readonly mechanism: string;
  /** Raised when encoded states of an older release can no longer be decoded; snapshots of others are ignored. */
  readonly schemaVersion: number;
  /**
   * Codes of rejections that write nothing: the sender is no party to the shard, or took it for a new one. So nobody
   * fills a foreign journal, and the answer, without a place in it, is the same as for a shard that is not there.
   */
  readonly unrecorded: ReadonlySet<string>;
  readonly create: () => State;
  readonly decide: (state: State, input: Input<Command>) => Decision<Event, Rejection>;
  readonly evolve: (state: State, event: Event, at: Micros) => State;
  /**
   * A shorter way for the events whose JSON has this form (the text with every string value empty); null when there is
   * none, and the caller parses. What recovers a long journal would spend most of its time on parsing.
   */
  readonly shortcut?: (form: string) => Shortcut<State> | null;
  readonly reply: (command: Command, events: readonly Event[]) => JsonObject;
  /** The next instant at which the host must submit `tick`; null when nothing is scheduled. */
  readonly wakeAt: (state: State) => Micros | null;
  readonly tick: () => Command;
  /** Sent once after a gap in service: intake was closed from `from` until `to`. */
  readonly outage: (from: Micros, to: Micros) => Command;
  /** True when no command can change the state any more; the host then closes the shard. */
  readonly isFinished: (state: State) => boolean;
  /** Live streams that these events changed. */
  readonly streamsOf: (state: State, events: readonly Event[]) => readonly string[];
  /** Null when the shard has no such stream. */
  readonly views: (state: State, stream: string) => StreamViews | null;
  /**
   * What these events, the last ones before this state, change in a stream that was there before them: for streams whose
   * views are too large to be made and compared each time. Null where that is the way; so it is for all without this.
   */
  readonly patches?: (state: State, stream: string, events: readonly Event[]) => StreamPatches | null;
  readonly encode: (state: State) => JsonObject;
  readonly decode: (encoded: JsonObject) => State;
};

export function accept<Event>(...events: readonly Event[]): Decision<Event, never> {
  return { kind: "accepted", events };
}

export function reject<const Rejection>(rejection: Rejection): Decision<never, Rejection> {
  return { kind: "rejected", rejection };
}
