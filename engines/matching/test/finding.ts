import type { Command } from "../src/commands.ts";
import type { Run } from "./side-by-side.ts";
import { compare } from "./side-by-side.ts";

/** Commands without any of which the books would agree, and what they then differ in. */
export type Difference = { readonly commands: readonly Command[]; readonly message: string };

type Pace = Pick<Run, "stateEvery" | "snapshotEvery">;

/** The plainest way first: a difference that does not need a snapshot is shown without one. */
const paces: readonly Pace[] = [
  { stateEvery: 1, snapshotEvery: Number.POSITIVE_INFINITY },
  { stateEvery: 1, snapshotEvery: 1 },
  {},
];

/** Compares as `compare` does; what it throws becomes the fewest commands that still show it. */
export function findDifference(run: Run): Difference | null {
  const { stream } = run;
  const sent: Command[] = [];
  const noting: Run["stream"] = {
    config: stream.config,
    next(book) {
      const command = stream.next(book);
      sent.push(command);
      return command;
    },
  };
  const message = messageOf({ ...run, stream: noting });
  if (message === null) return null;
  const differ = (commands: readonly Command[], pace: Pace): string | null =>
    messageOf({ ...run, ...pace, stream: listed(stream.config, commands), commands: commands.length });
  const pace = paces.find((one) => differ(sent, one) !== null) ?? {};
  const commands = fewest(sent, (some) => differ(some, pace) !== null);
  return { commands, message: differ(commands, pace) ?? message };
}

function messageOf(run: Run): string | null {
  try {
    compare(run);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function listed(config: Run["stream"]["config"], commands: readonly Command[]): Run["stream"] {
  let next = 0;
  return {
    config,
    next() {
      const command = commands[next++];
      if (command === undefined) throw new RangeError("there are no more commands");
      return command;
    },
  };
}

/** Leaves out ever smaller parts as long as what is left still fails; then no single item can be left out. */
export function fewest<Item>(items: readonly Item[], fails: (some: readonly Item[]) => boolean): readonly Item[] {
  let kept = items;
  let size = Math.ceil(kept.length / 2);
  while (size >= 1) {
    const before = kept.length;
    for (let start = Math.max(0, kept.length - size); ; start = Math.max(0, start - size)) {
      const without = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (without.length < kept.length && fails(without)) kept = without;
      if (start === 0) break;
    }
    if (size > 1) size = Math.ceil(size / 2);
    else if (kept.length === before) break;
  }
  return kept;
}
