import type { JournalEntry, JournalStore } from "@kontor/db";
import { decodeEntries } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { TenderCommand, TenderEvent, TenderRejection } from "@kontor/protocol";

type TenderEntry = JournalEntry<TenderCommand, TenderEvent, TenderRejection>;

export type SealedPrice = { readonly companyId: string; readonly price: string; readonly at: Micros };

/** The sealed prices of each lot at its opening, by lot id. */
export type OpenedPrices = ReadonlyMap<string, readonly SealedPrice[]>;

/**
 * Reads sealed prices where they are kept until they are opened: in the journal alone. No read model holds them
 * before, so that nothing but the opening itself can show them.
 */
export async function readOpenedPrices(
  journal: Pick<JournalStore, "readSegments">,
  shard: string,
  throughSeq: number,
): Promise<OpenedPrices> {
  const sealed = new Map<string, Map<string, SealedPrice>>();
  const opened = new Map<string, readonly SealedPrice[]>();
  for await (const { entries, firstSeq } of journal.readSegments(shard, 0)) {
    if (firstSeq > throughSeq) break;
    for (const { seq, at, events } of decodeEntries<TenderEntry>(entries)) {
      if (seq > throughSeq) return opened;
      for (const event of events ?? []) follow({ sealed, opened }, event, at);
    }
  }
  return opened;
}

type Followed = {
  readonly sealed: Map<string, Map<string, SealedPrice>>;
  readonly opened: Map<string, readonly SealedPrice[]>;
};

function follow({ sealed, opened }: Followed, event: TenderEvent, at: Micros): void {
  switch (event.type) {
    case "initial_price_submitted": {
      const { lotId, companyId, price } = event;
      const ofLot = sealed.get(lotId) ?? new Map<string, SealedPrice>();
      sealed.set(lotId, ofLot.set(companyId, { companyId, price, at }));
      return;
    }
    case "initial_price_withdrawn":
      sealed.get(event.lotId)?.delete(event.companyId);
      return;
    case "tender_amended":
      if (event.initialPricesInvalidated) sealed.clear();
      return;
    case "initial_prices_opened":
      opened.set(event.lotId, [...(sealed.get(event.lotId)?.values() ?? [])]);
      return;
    default:
      return;
  }
}
