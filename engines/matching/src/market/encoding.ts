import type { JsonObject } from "@kontor/kernel";
import type { InstrumentTerms } from "@kontor/protocol";
import { restoreBook } from "../book.ts";
import type { BookSnapshot } from "../store/snapshots.ts";
import { bookOptions } from "./book-options.ts";
import type { Conduct } from "./conduct.ts";
import { listingOf } from "./listing.ts";
import type { EncodedData } from "./market-data.ts";
import { MarketData } from "./market-data.ts";
import type { Plan } from "./plan.ts";
import type { Draft, EnteredOrder, ExchangeState, Instrument } from "./state.ts";

type EncodedInstrument = Pick<
  Instrument,
  "instrumentId" | "marketplaceId" | "state" | "version" | "secret" | "moved" | "cause" | "ordersMade"
> & {
  readonly terms: InstrumentTerms;
  readonly book: BookSnapshot;
  readonly plan: Plan;
  readonly companies: readonly string[];
  readonly conduct: readonly (readonly [string, Conduct])[];
  readonly orders: readonly (readonly [number, EnteredOrder])[];
  readonly data: EncodedData;
};

export function encode({ draft, instrument }: ExchangeState): JsonObject {
  if (draft !== null) return { draft: { ...draft } as unknown as JsonObject };
  if (instrument === null) return {};
  const { book, units: _, asked: __, accounts: ___, conduct, orders, data, ...rest } = instrument;
  const encoded: EncodedInstrument = {
    ...rest,
    book: book.snapshot(),
    conduct: [...conduct].sort(([a], [b]) => (a < b ? -1 : 1)),
    orders: [...orders].sort(([a], [b]) => a - b),
    data: data.encode(),
  };
  return { instrument: encoded as unknown as JsonObject };
}

export function decode({ draft, instrument }: JsonObject): ExchangeState {
  if (draft !== undefined) return { draft: { ...(draft as unknown as Draft) }, instrument: null };
  if (instrument === undefined) return { draft: null, instrument: null };
  const { terms, book, companies, conduct, orders, data, ...rest } = instrument as unknown as EncodedInstrument;
  const listing = listingOf(terms);
  if (listing.kind === "faulty") throw new RangeError("the terms of a snapshot are not sound");
  const { config, units } = listing;
  return {
    draft: null,
    instrument: {
      ...rest,
      terms,
      units,
      book: restoreBook(config, book, bookOptions),
      asked: rest.moved,
      accounts: new Map(companies.map((companyId, index) => [companyId, index + 1])),
      companies: [...companies],
      conduct: new Map(conduct.map(([companyId, known]) => [companyId, { ...known }])),
      orders: new Map(orders),
      data: MarketData.decode(data, rest.moved),
    },
  };
}
