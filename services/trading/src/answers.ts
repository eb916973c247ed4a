import type { CommandAnswer } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import type { RefusalCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { Mechanism, TradingEntry, TradingRejection } from "./mechanism.ts";

/** Where an entry stands. */
export type Position = { readonly epoch: number; readonly seq: number; readonly at: Micros };

/** The answer to a command that an engine rejected; without a position when the rejection is not journaled. */
export function rejectedAnswer(rejection: TradingRejection, position?: Position): CommandAnswer {
  const problem = problemOf(rejection.code, rejection);
  if (position === undefined) return { ok: false, problem };
  const { epoch, seq, at } = position;
  return { ok: false, epoch, seq, at, problem };
}

/** The answer that an entry's command got, a function of the entry alone: for ever the same, byte for byte. */
export function answerOf(mechanism: Mechanism, entry: TradingEntry, epoch: number): CommandAnswer {
  const { seq, at, command } = entry;
  if (entry.events === undefined) return rejectedAnswer(entry.rejection, { epoch, seq, at });
  return { ok: true, epoch, seq, at, result: mechanism.reply(command, entry.events) };
}

/** An answer of the host itself: nothing was decided, nothing is journaled. */
export function refusal(code: RefusalCode, data: Readonly<Record<string, unknown>> = {}): CommandAnswer {
  return { ok: false, problem: problemOf(code, data) };
}
