import type { Micros } from "@kontor/kernel";
import { instantOfMicros, invariant, lastInstant, microsOfInstant, microsOfMs, sha256Hex } from "@kontor/kernel";
import type { MarketStep, Schedule } from "@kontor/protocol";

type Timed = {
  /** What everybody may know. */
  readonly notBefore: Micros;
  /** When it comes, a drawn delay included. */
  readonly at: Micros;
};

export type PlannedStep = MarketStep & Timed;

/** How something that broke off goes on: a call first, or the end of the one that runs. */
export type Resumption = Timed & {
  readonly stage: "call" | "uncross";
  readonly cause: "volatility" | "circuit_breaker" | "outage" | "timetable";
  /** Where it leads: the phase that broke off, or a step of the timetable that came meanwhile. */
  readonly into: MarketStep;
};

/** What a market does by itself. Only whole plans are exchanged, so equal ones are one object until something changes. */
export type Plan = {
  readonly next: PlannedStep | null;
  readonly resumption: Resumption | null;
  /** Steps of the timetable change nothing until the operator moves on. */
  readonly held: boolean;
};

export const noPlan: Plan = { next: null, resumption: null, held: false };

/** When the first of what is planned comes. */
export function planWakeAt({ next, resumption }: Plan): Micros | null {
  if (next === null || resumption === null) return next?.at ?? resumption?.at ?? null;
  return Math.min(next.at, resumption.at);
}

/** A plan as its event tells it. */
export function scheduleOf({ next, resumption, held }: Plan): Schedule {
  return {
    next: next === null ? null : { ...next, ...written(next) },
    resumption: resumption === null ? null : { ...resumption, ...written(resumption) },
    held,
  };
}

const written = ({ notBefore, at }: Timed) => ({ notBefore: instantOfMicros(notBefore), at: instantOfMicros(at) });

/** The opposite of `scheduleOf`. */
export function planOf({ next, resumption, held }: Schedule): Plan {
  return {
    next: next === null ? null : { ...next, ...read(next) },
    resumption: resumption === null ? null : { ...resumption, ...read(resumption) },
    held,
  };
}

function read({ notBefore, at }: { readonly notBefore: string; readonly at: string }): Timed {
  const [first, exact] = [microsOfInstant(notBefore), microsOfInstant(at)];
  invariant(first !== null && exact !== null, "what is planned comes at instants");
  return { notBefore: first, at: exact };
}

const digestRange = 1n << 256n;

type Draw = { readonly secret: string; readonly what: string; readonly randomMs: number };

/** Microseconds from 0 to the longest, both included, each as likely as the others. */
function drawn({ secret, what, randomMs }: Draw): Micros {
  if (randomMs === 0) return 0;
  const choices = BigInt(microsOfMs(randomMs)) + 1n;
  return Number((BigInt(`0x${sha256Hex(`${secret}:${what}`)}`) * choices) / digestRange);
}

/** An instant with a delay drawn for it, which ends at the latest at another one. */
export function timed(notBefore: Micros, draw: Draw, until: Micros = lastInstant): Timed {
  const delay = drawn({ ...draw, what: `${draw.what}:${instantOfMicros(notBefore)}` });
  return { notBefore, at: Math.min(notBefore + delay, until) };
}
