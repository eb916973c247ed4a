import type { CommandAnswer } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import { refusal } from "./answers.ts";
import { isBirth, judge } from "./judge.ts";
import { addEntry, evolveOpen } from "./open-batch.ts";
import { decideOutage, decideTick, dueTick } from "./own-commands.ts";
import type { CommandItem, Core, Item, OpenBatch, Shard } from "./shard.ts";
import { isUnfit, rememberUnfit, UnfitCommand } from "./unfit-command.ts";

export type DecideOptions = {
  /** Entries at most in this call. */
  readonly commands: number;
  readonly batchCommandsMax: number;
  readonly batchBytesMax: number;
  /** Answers an item that nothing was journaled for. */
  readonly refuse: (item: CommandItem, answer: CommandAnswer) => void;
  /** Told of an engine that failed on one command. */
  readonly report: (error: unknown) => void;
};

export type DecideResult = {
  /** Entries and refusals made. */
  readonly decided: number;
  /**
   * `birth`: the next command would create the shard, which must exist first. `broken`: the engine failed while it
   * changed the state, which cannot be trusted any more.
   */
  readonly stop: "none" | "birth" | "broken";
  readonly error?: unknown;
};

/**
 * Decides what waits at a shard, in order, into the open batch. Due ticks go before the command that is stamped at or
 * after them. Nothing leaves: every outcome is held until its batch is committed.
 */
export function decideWaiting(shard: Shard, core: Core, options: DecideOptions): DecideResult {
  const { queue } = shard;
  let decided = 0;
  try {
    while (decided < options.commands && !isFull(core.open, options)) {
      const item = nextOf(shard);
      if (item === null) break;
      const at = Math.max(item.at, core.decidedAt + 1);
      const due = item.kind === "outage" ? null : dueTick(core, at);
      if (due === null) {
        if (core.mode === "unborn" && item.kind === "command" && isBirth(core, item, at))
          return { decided, stop: "birth" };
        queue.shift();
        decideItem(shard, core, { item, at, options });
      } else decideTick(core, due, at);
      decided++;
    }
  } catch (error) {
    return { decided, stop: "broken", error };
  }
  return { decided, stop: "none" };
}

/** The first item that can be decided now; answered ones are dropped on the way. */
function nextOf({ queue }: Shard): Item | null {
  for (;;) {
    const item = queue.peek();
    if (item === undefined) return null;
    if (item.kind !== "command") return item;
    if (!item.done) return item.asking ? null : item;
    queue.shift();
  }
}

function isFull(open: OpenBatch | null, { batchCommandsMax, batchBytesMax }: DecideOptions): boolean {
  if (open === null) return false;
  return open.lastSeq - open.firstSeq + 1 >= batchCommandsMax || open.rows.text.length >= batchBytesMax;
}

type Deciding = { readonly item: Item; readonly at: Micros; readonly options: DecideOptions };

function decideItem(shard: Shard, core: Core, { item, at, options }: Deciding): void {
  if (item.kind === "probe") shard.probing = false;
  else if (item.kind === "outage") decideOutage(core, item, at);
  else {
    const refused = decideCommand(shard, core, { item, at, options });
    if (refused !== null) holdOrRefuse(core, { item, options, answer: refused });
  }
}

/** What wrote no entry may still rest on entries that are not committed; then it waits with them. */
function holdOrRefuse(
  core: Core,
  { item, options, answer }: { item: CommandItem; options: DecideOptions; answer: CommandAnswer },
): void {
  const batch = core.open ?? core.inFlight;
  if (batch === null) return options.refuse(item, answer);
  item.answer = answer;
  batch.items.push(item);
}

/** @returns the answer when no entry was written; null when it is held with its entry */
function decideCommand(
  shard: Shard,
  core: Core,
  { item, at, options }: { item: CommandItem; at: Micros; options: DecideOptions },
): CommandAnswer | null {
  const { mechanism, validUntil } = item.request;
  if (mechanism !== core.mechanism.mechanism) return refusal("not_found");
  if (validUntil !== undefined && at > validUntil) return staleAnswer(at, validUntil);
  if (isUnfit(shard, item)) return refusal("internal");
  const decided = judge(core, item, { at, report: options.report });
  if (!("entry" in decided)) return decided;
  item.at = at;
  item.answer = decided.answer;
  addEntry(core, decided.entry).items.push(item);
  try {
    evolveOpen(core, decided.events, at);
  } catch (error) {
    rememberUnfit(shard, item);
    options.refuse(item, refusal("internal"));
    throw new UnfitCommand(item, error);
  }
  return null;
}

/** How late a command was that nobody wants any more. */
export function staleAnswer(at: Micros, validUntil: Micros): CommandAnswer {
  return refusal("command_stale", { lateByMs: (at - validUntil) / 1_000 });
}
