import type { TradingCommand } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import { actorText } from "./actor-text.ts";
import { addEntry, evolveOpen } from "./open-batch.ts";
import type { Core, OutageItem } from "./shard.ts";

/** The wake-up that has come by `at`; null when there is none or the engine had nothing to do for it. */
export function dueTick(core: Core, at: Micros): Micros | null {
  const { wakeAt, idleWake, mode } = core;
  return wakeAt !== null && wakeAt <= at && wakeAt !== idleWake && mode === "owned" ? wakeAt : null;
}

/** A tick is stamped with the instant it was due, unless nobody was here then, and always before what follows it. */
export function decideTick(core: Core, due: Micros, before: Micros): void {
  const present = Math.min(core.servingFrom, before - 1);
  const at = Math.max(due, core.decidedAt + 1, present);
  const changed = decideOwn(core, core.mechanism.tick(), at);
  if (!changed && core.wakeAt === due) core.idleWake = due;
}

export function decideOutage(core: Core, { gap }: OutageItem, at: Micros): void {
  if (core.mode !== "owned" || core.finished) return;
  decideOwn(core, core.mechanism.outage(gap.from, gap.to), at);
  core.reported.push({ gap, seq: core.decidedSeq });
}

/**
 * A command of the host itself. Its rejection is not journaled: nobody asked, and nothing changed.
 *
 * @returns whether there were events
 */
function decideOwn(core: Core, command: TradingCommand, at: Micros): boolean {
  const { mechanism, state, decidedSeq } = core;
  if (decidedSeq === 0) return false;
  const decision = mechanism.decide(state, { command, at, actor: systemActor, entropy: null });
  if (decision.kind === "rejected") return false;
  addEntry(core, {
    at,
    actor: actorText(systemActor),
    key: null,
    fingerprint: null,
    entropy: null,
    command: JSON.stringify(command),
    outcome: "events",
    outcomeText: JSON.stringify(decision.events),
  });
  evolveOpen(core, decision.events, at);
  return decision.events.length > 0;
}
