import type { CommandAnswer } from "@kontor/bus";
import type { EntryTexts } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { actorText } from "./actor-text.ts";
import { refusal, rejectedAnswer, unplacedRejection } from "./answers.ts";
import type { TradingEvent } from "./mechanism.ts";
import type { CommandItem, Core } from "./shard.ts";

/** What the engine said, ready to be held: the answer, the entry for the journal and the events to apply. */
export type Judged = {
  readonly answer: CommandAnswer;
  readonly entry: EntryTexts;
  readonly events: readonly TradingEvent[];
};

/** Whether this command would create the shard. */
export function isBirth(core: Core, { request }: CommandItem, at: Micros): boolean {
  const { command, actor, mechanism } = request;
  if (mechanism !== core.mechanism.mechanism) return false;
  try {
    return core.mechanism.decide(core.state, { command, at, actor, entropy: core.entropy }).kind === "accepted";
  } catch {
    return false; // Judged again below, and answered.
  }
}

/**
 * Asks the engine. The state is not touched, so that a failure concerns this command alone.
 *
 * @returns the answer alone when nothing is to be journaled: the engine failed, or it rejected a command for a shard
 * that has no entry yet or is finished, or of somebody who has no part in it, where a rejection is nobody's record
 */
export function judge(
  core: Core,
  item: CommandItem,
  { at, report }: { readonly at: Micros; readonly report: (error: unknown) => void },
): Judged | CommandAnswer {
  const { mechanism, epoch, state, finished, mode } = core;
  const { request, text, fingerprint } = item;
  const { command, actor, key } = request;
  const seq = core.decidedSeq + 1;
  const entropy = seq === 1 ? core.entropy : null;
  const entryWith = (outcome: EntryTexts["outcome"], said: unknown): EntryTexts => ({
    at,
    actor: actorText(actor),
    key,
    fingerprint,
    entropy,
    command: text,
    outcome,
    outcomeText: JSON.stringify(said),
  });
  try {
    const decision = mechanism.decide(state, { command, at, actor, entropy });
    if (decision.kind === "rejected") {
      const { rejection } = decision;
      const unrecorded = finished || mode !== "owned" || seq === 1 || mechanism.unrecorded.has(rejection.code);
      if (unrecorded) return unplacedRejection(rejection);
      const entry = entryWith("rejection", rejection);
      return { answer: rejectedAnswer(rejection, { epoch, seq, at }), entry, events: [] };
    }
    if (mode !== "owned") return refusal("internal");
    const { events } = decision;
    const answer = { ok: true, epoch, seq, at, result: mechanism.reply(command, events) } as const;
    return { answer, entry: entryWith("events", events), events };
  } catch (error) {
    report(error);
    return refusal("internal");
  }
}
