import type { Clock, Micros } from "@kontor/kernel";
import { instantOfMicros, invariant, microsOfInstant } from "@kontor/kernel";

/** Microseconds of an instant written down in a test; throws when it is none. */
export function at(text: string): Micros {
  const micros = microsOfInstant(text);
  invariant(micros !== null, `${text} is an instant`);
  return micros;
}

/** An instant some milliseconds after another, as text. */
export function later(text: string, ms: number): string {
  return instantOfMicros(at(text) + ms * 1000);
}

/** A clock that stands still until it is told. */
export type SetClock = Clock & { readonly moveTo: (micros: Micros) => void; readonly pass: (ms: number) => void };

export function setClock(start: Micros): SetClock {
  let now = start;
  return {
    now: () => now,
    moveTo: (micros) => {
      now = micros;
    },
    pass: (ms) => {
      now += ms * 1000;
    },
  };
}
