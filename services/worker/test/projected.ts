import { partIdOf } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { follow } from "../src/tender/read-models.ts";
import type { Records } from "../src/tender/records.ts";
import { recordsOf } from "../src/tender/records.ts";
import type { OpenedPrices } from "../src/tender/sealed-prices.ts";
import { tenderTerms } from "./given-terms.ts";
import type { Told } from "./given-world.ts";
import { marketplaceId, owner, start } from "./given-world.ts";

export const tenderId = "44444444-4444-4444-8444-444444444444";
export const lotId = partIdOf(tenderId, 1);
export const at = (seq: number): number => start + seq * 1_000_000;

const nothing = {
  tender: undefined,
  lots: [],
  lotBidders: [],
  bids: [],
  initialPrices: [],
  suppliers: [],
  questions: [],
  awards: [],
  contracts: [],
  bidders: [],
  lastAliases: [],
};

export const drafted = (terms = tenderTerms()): Told => ({
  type: "tender_drafted",
  marketplaceId,
  ownerCompanyId: owner,
  createdBy: "clerk",
  version: 1,
  terms,
  drawSecret: "secret-of-the-shard",
});

/** The records after these entries, given as lists of events; numbered from 1, a second apart. */
export function projected(entries: readonly (readonly Told[])[], openedPrices: OpenedPrices = new Map()): Records {
  const records = recordsOf(nothing, openedPrices);
  for (const [position, told] of entries.entries()) {
    const events = told.map(withIds);
    const entry = { seq: position + 1, at: at(position + 1) };
    follow(
      records,
      events.map((event, index) => ({ event, ...entry, index, events })),
    );
  }
  return records;
}

function withIds(told: Told): TenderEvent {
  const { lot, ...event } = told as Told & { readonly lot?: number };
  return { ...event, tenderId, ...(lot === undefined ? {} : { lotId: partIdOf(tenderId, lot) }) } as TenderEvent;
}
