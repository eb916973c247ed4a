import { limits } from "@kontor/kernel";
import type { CommandItem, Shard } from "./shard.ts";

/**
 * The engine accepted a command and then failed on its own events. The state cannot be trusted any more and is read
 * anew; the command is to blame, not the shard.
 */
export class UnfitCommand extends Error {
  override readonly name = "UnfitCommand";

  constructor({ request }: CommandItem, cause: unknown) {
    super(`the engine cannot apply ${request.command.type}`, { cause });
  }
}

/** It would fail again, whoever sends it under whichever key, and each failure costs a reading of the journal. */
export function isUnfit({ unfit }: Shard, { fingerprint }: CommandItem): boolean {
  return unfit.size > 0 && unfit.has(fingerprint);
}

/** Remembers the command as long as the shard is in memory; the oldest of too many is forgotten. */
export function rememberUnfit({ unfit }: Shard, { fingerprint }: CommandItem): void {
  unfit.add(fingerprint);
  const [oldest] = unfit;
  if (oldest !== undefined && unfit.size > limits.unfitCommandsMax) unfit.delete(oldest);
}
