import type { Actor, Decision, Engine, Micros } from "@kontor/kernel";
import { expect } from "vitest";

/** A fact with the stamp of its entry. */
export type Dated<Event> = { readonly at: Micros; readonly event: Event };

export type Sent<Command> = {
  readonly command: Command;
  readonly actor: Actor;
  readonly at: Micros;
  /** Only the first command of a shard carries any. */
  readonly entropy?: string | null;
};

export type Outcome<Event, Rejection> = {
  readonly decision: Decision<Event, Rejection>;
  /** Accepted with exactly these events, in order. */
  readonly yields: (...events: readonly Event[]) => void;
  /** Rejected with at least these members. */
  readonly rejects: (rejection: Partial<Rejection>) => void;
};

export type Given<Command, Event, Rejection> = {
  readonly when: (input: Sent<Command>) => Outcome<Event, Rejection>;
};

export type Spec<Command, Event, Rejection> = {
  readonly given: (...history: readonly Dated<Event>[]) => Given<Command, Event, Rejection>;
};

/** Tests as sentences: `given(facts).when(command).yields(facts)` or `.rejects({ code })`. */
export function spec<State, Command, Event, Rejection>(
  engine: Engine<State, Command, Event, Rejection>,
): Spec<Command, Event, Rejection> {
  return {
    given: (...history) => ({
      when: ({ entropy = null, ...input }) => {
        const state = history.reduce((past, { event, at }) => engine.evolve(past, event, at), engine.create());
        return outcomeOf(engine.decide(state, { ...input, entropy }));
      },
    }),
  };
}

function outcomeOf<Event, Rejection>(decision: Decision<Event, Rejection>): Outcome<Event, Rejection> {
  return {
    decision,
    yields: (...events) => expect(decision).toEqual({ kind: "accepted", events }),
    rejects: (rejection) => expect(decision).toMatchObject({ kind: "rejected", rejection }),
  };
}
