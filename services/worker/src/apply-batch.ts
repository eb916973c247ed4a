import type { NoticeRow, ProjectionTransaction } from "@kontor/db";
import { mechanisms } from "./mechanisms.ts";
import { outcomesOf } from "./outcomes.ts";
import type { Source } from "./read-models.ts";

/**
 * Brings a batch of entries into the read models and moves the shard's position past it, in the transaction given.
 * Returns the notices that are new.
 */
export async function applyBatch(tx: ProjectionTransaction, source: Source): Promise<readonly NoticeRow[]> {
  const { batch } = source;
  const notices = (await mechanisms.get(batch.mechanism)?.project(tx, source)) ?? [];
  await tx.moveTo(batch.lastSeq, outcomesOf(batch));
  return notices;
}
