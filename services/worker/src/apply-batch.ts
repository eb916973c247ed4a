import type { JournalStore, NoticeRow, ProjectionTransaction } from "@kontor/db";
import type { TenderEvent } from "@kontor/protocol";
import type { Batch, TenderEntry } from "./entries.ts";
import { mechanisms } from "./mechanisms.ts";
import { outcomesOf } from "./projections/outcomes.ts";
import type { Fact, Projection } from "./records.ts";
import { recordsOf, rowsChanged } from "./records.ts";
import { rowsWantedBy } from "./rows-wanted.ts";
import { readOpenedPrices } from "./sealed-prices.ts";

export type ApplyOptions = { readonly journal: Pick<JournalStore, "readSegments">; readonly batch: Batch };

/**
 * Brings a batch of entries into the read models and moves the shard's position past it, in the transaction given.
 * Returns the notices that are new.
 */
export async function applyBatch(
  tx: ProjectionTransaction,
  { journal, batch }: ApplyOptions,
): Promise<readonly NoticeRow[]> {
  const { shard, mechanism, entries, lastSeq } = batch;
  const projections = mechanisms.get(mechanism) ?? [];
  const facts = projections.length === 0 ? [] : factsOf(entries.map(({ entry }) => entry as TenderEntry));
  const events = facts.map(({ event }) => event);
  const opens = facts.findLast(({ event }) => event.type === "initial_prices_opened");
  const openedPrices = opens === undefined ? new Map() : await readOpenedPrices(journal, shard, opens.seq);
  const records = recordsOf(await tx.load(rowsWantedBy(shard, events)), openedPrices);
  records.outcomes.push(...outcomesOf(batch));
  project(projections, records, facts);
  return await tx.save(rowsChanged(records), lastSeq);
}

function project(projections: readonly Projection[], records: Parameters<Projection>[0], facts: readonly Fact[]): void {
  for (const fact of facts) for (const projection of projections) projection(records, fact);
}

function factsOf(entries: readonly TenderEntry[]): Fact[] {
  return entries.flatMap(({ seq, at, events = [] }) =>
    events.map((event: TenderEvent, index) => ({ event, seq, index, at, events })),
  );
}
