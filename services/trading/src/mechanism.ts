import type { TradingCommand } from "@kontor/bus";
import type { JournalEntry } from "@kontor/db";
import type { Engine } from "@kontor/kernel";
import type { ProblemCode } from "@kontor/protocol";

declare const opaque: unique symbol;

/** A state that only its own engine can read. */
export type MechanismState = { readonly [opaque]: "state" };
export type TradingEvent = { readonly type: string };
export type TradingRejection = { readonly code: ProblemCode };

/** An engine as the host sees it: commands go in, events and rejections come out, none of them is looked into. */
export type Mechanism = Engine<MechanismState, TradingCommand, TradingEvent, TradingRejection>;
export type Mechanisms = ReadonlyMap<string, Mechanism>;
export type TradingEntry = JournalEntry<TradingCommand, TradingEvent, TradingRejection>;

type Hosted<State, Command, Event, Rejection> = Engine<State, Command, Event, Rejection> & {
  readonly mechanism: string;
};

/** Forgets what an engine's state, commands and events are made of; the host keeps each with its own engine. */
export function mechanismOf<
  State,
  Command extends TradingCommand,
  Event extends TradingEvent,
  Rejection extends TradingRejection,
>(engine: Hosted<State, Command, Event, Rejection>): Mechanism {
  return engine as unknown as Mechanism;
}

/** @throws RangeError when two engines have one name */
export function mechanismsOf(list: readonly Mechanism[]): Mechanisms {
  const byName = new Map(list.map((mechanism) => [mechanism.mechanism, mechanism]));
  if (byName.size !== list.length) throw new RangeError("two mechanisms have one name");
  return byName;
}
