import type { JsonObject } from "@kontor/kernel";
import type { InstrumentTerms } from "@kontor/protocol";
import { restoreBook } from "../book.ts";
import type { BookSnapshot } from "../store/snapshots.ts";
import { listingOf } from "./listing.ts";
import type { ExchangeState, KnownOrder } from "./state.ts";

type EncodedInstrument = {
  readonly instrumentId: string;
  readonly marketplaceId: string;
  readonly terms: InstrumentTerms;
  readonly book: BookSnapshot;
  readonly moved: number;
  readonly companies: readonly string[];
  readonly orders: readonly (readonly [number, KnownOrder])[];
  readonly ordersMade: number;
};

export function encode({ instrument }: ExchangeState): JsonObject {
  if (instrument === null) return {};
  const { instrumentId, marketplaceId, terms, book, moved, companies, orders, ordersMade } = instrument;
  const sorted = [...orders].sort(([a], [b]) => a - b);
  const encoded = {
    instrumentId,
    marketplaceId,
    terms,
    book: book.snapshot(),
    moved,
    companies,
    orders: sorted,
    ordersMade,
  };
  return { instrument: encoded as unknown as JsonObject };
}

export function decode({ instrument }: JsonObject): ExchangeState {
  if (instrument === undefined) return { instrument: null };
  const { terms, book, companies, orders, ...rest } = instrument as unknown as EncodedInstrument;
  const listing = listingOf(terms);
  if (listing.kind === "faulty") throw new RangeError("the terms of a snapshot are not sound");
  const { config, units } = listing;
  return {
    instrument: {
      ...rest,
      terms,
      units,
      book: restoreBook(config, book),
      asked: rest.moved,
      accounts: new Map(companies.map((companyId, index) => [companyId, index + 1])),
      companies: [...companies],
      orders: new Map(orders),
    },
  };
}
