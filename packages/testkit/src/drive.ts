import type { Actor, Decision, Engine, JsonObject, Micros } from "@kontor/kernel";
import { invariant, systemActor } from "@kontor/kernel";
import { setClock } from "./clock.ts";
import type { Dated } from "./spec.ts";

export type Entry<Command, Event, Rejection> = {
  readonly at: Micros;
  readonly command: Command;
  readonly actor: Actor;
  readonly entropy: string | null;
  readonly decision: Decision<Event, Rejection>;
};

/** One shard with its clock: what the host does, in memory. */
export type Drive<State, Command, Event, Rejection> = {
  readonly state: () => State;
  readonly now: () => Micros;
  /** Moves the clock on; every timer due until then is decided at its own time. */
  readonly moveTo: (at: Micros) => void;
  readonly pass: (ms: number) => void;
  /** Decides at the clock's time, timers that are due first; stamps increase strictly. */
  readonly send: (command: Command, actor: Actor) => Answer<Event, Rejection>;
  readonly entries: readonly Entry<Command, Event, Rejection>[];
};

export type Answer<Event, Rejection> = {
  readonly at: Micros;
  readonly events: readonly Event[];
  readonly rejection: Rejection | null;
  /** Null for a rejected command. */
  readonly reply: JsonObject | null;
};

export const testEntropy = "5eed".repeat(16);
const timersMax = 100_000;

export function drive<State, Command, Event, Rejection>(
  engine: Engine<State, Command, Event, Rejection>,
  start: Micros,
): Drive<State, Command, Event, Rejection> {
  let state = engine.create();
  const clock = setClock(start);
  let stamp = start - 1;
  const entries: Entry<Command, Event, Rejection>[] = [];

  function decide(command: Command, actor: Actor, wished: Micros): Answer<Event, Rejection> {
    const at = Math.max(wished, stamp + 1);
    stamp = at;
    const entropy = entries.length === 0 ? testEntropy : null;
    const decision = engine.decide(state, { command, actor, at, entropy });
    entries.push({ at, command, actor, entropy, decision });
    if (decision.kind === "rejected") return { at, events: [], rejection: decision.rejection, reply: null };
    for (const event of decision.events) state = engine.evolve(state, event, at);
    return { at, events: decision.events, rejection: null, reply: engine.reply(command, decision.events) };
  }

  function runTimers(until: Micros): void {
    for (let count = 0; ; count++) {
      const wakeAt = engine.wakeAt(state);
      if (wakeAt === null || wakeAt > until) return;
      invariant(count < timersMax, "timers come to an end");
      const { rejection } = decide(engine.tick(), systemActor, wakeAt);
      invariant(rejection === null, `a timer that is due is not refused: ${JSON.stringify(rejection)}`);
    }
  }

  function moveTo(at: Micros): void {
    runTimers(at);
    clock.moveTo(at);
  }

  return {
    state: () => state,
    now: clock.now,
    moveTo,
    pass: (ms) => moveTo(clock.now() + ms * 1000),
    send: (command, actor) => {
      runTimers(clock.now());
      return decide(command, actor, clock.now());
    },
    entries,
  };
}

/** The facts of a drive in order, as a recovering host would read them. */
export function factsOf<Command, Event, Rejection>(
  entries: readonly Entry<Command, Event, Rejection>[],
): readonly Dated<Event>[] {
  return entries.flatMap(({ at, decision }) =>
    decision.kind === "accepted" ? decision.events.map((event) => ({ at, event })) : [],
  );
}
