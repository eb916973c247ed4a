import type { CommandAnswer } from "@kontor/bus";
import { instantOfMicros } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";

/** The host's problem, with the stamp by which it was decided where it was decided at all. */
export function problemOfAnswer({ at, problem }: Extract<CommandAnswer, { ok: false }>): Problem {
  return at === undefined ? problem : { ...problem, at: instantOfMicros(at) };
}
