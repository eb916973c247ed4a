import type { CommandAnswer } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import type { RefusalCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { Mechanism, TradingEntry, TradingRejection } from "./mechanism.ts";

/** Where an entry stands. */
export type Position = { readonly epoch: number; readonly seq: number; readonly at: Micros };

/** An answer with a place in the journal. */
export type PlacedAnswer = CommandAnswer & Position;

/** The answer to a command that an engine rejected. */
export function rejectedAnswer(rejection: TradingRejection, { epoch, seq, at }: Position): PlacedAnswer {
  return { ok: false, epoch, seq, at, problem: problemOf(rejection.code, rejection) };
}

/** The same where a rejection is nobody's record: there is no such shard for the sender, or it is finished. */
export function unplacedRejection(rejection: TradingRejection): CommandAnswer {
  return { ok: false, problem: problemOf(rejection.code, rejection) };
}

export function isPlaced(answer: CommandAnswer): answer is PlacedAnswer {
  return answer.seq !== undefined;
}

/** The answer that an entry's command got, a function of the entry alone: for ever the same, byte for byte. */
export function answerOf(mechanism: Mechanism, entry: TradingEntry, epoch: number): PlacedAnswer {
  const { seq, at, command } = entry;
  if (entry.events === undefined) return rejectedAnswer(entry.rejection, { epoch, seq, at });
  return { ok: true, epoch, seq, at, result: mechanism.reply(command, entry.events) };
}

/** An answer of the host itself: nothing was decided, nothing is journaled. */
export function refusal(code: RefusalCode, data: Readonly<Record<string, unknown>> = {}): CommandAnswer {
  return { ok: false, problem: problemOf(code, data) };
}
