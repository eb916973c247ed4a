import type { InstrumentRow } from "@kontor/db";
import type { InstrumentTerms } from "@kontor/protocol";
import { scalesOf, written } from "./amounts.ts";
import type { Projection } from "./records.ts";

/** The instrument itself: its terms, and where its market stands. */
export const projectInstruments: Projection = ({ instruments }, { event, seq, at }) => {
  const { instrumentId: id } = event;
  const change = (changes: (row: InstrumentRow) => Partial<InstrumentRow>): void =>
    instruments.change(id, seq, changes);
  switch (event.type) {
    case "instrument_drafted": {
      const { marketplaceId, createdBy, version, terms } = event;
      return instruments.put({
        ...blank,
        ...membersOf(terms),
        id,
        marketplaceId,
        createdBy,
        version,
        draftedAt: at,
        seq,
      });
    }
    case "instrument_revised":
      return change(() => ({ ...membersOf(event.terms), version: event.version }));
    case "instrument_listed":
      return change(() => ({ state: "listed", version: event.version, listedAt: at }));
    case "instrument_delisted":
      return change(() => ({ state: "delisted", delistedAt: at }));
    case "timetable_changed":
      return change(({ terms: { timetable: _, ...terms } }) => ({
        terms: event.timetable === null ? terms : { ...terms, timetable: event.timetable },
      }));
    case "bands_changed":
      return change(({ terms }) => ({ terms: { ...terms, bands: event.bands } }));
    case "market_phase_changed":
      return change(() => ({ phase: event.phase }));
    case "reference_changed":
      return change(() => ({ reference: event.price }));
    case "trade_made":
      return change(() => ({ last: event.price, lastAt: at }));
    case "auction_held": {
      const { price, tradeId } = event;
      if (price === null) return;
      return change(() => ({ reference: price, ...(tradeId !== undefined && { last: price, lastAt: at }) }));
    }
    default:
      return;
  }
};

const blank = {
  state: "draft",
  phase: "closed",
  last: null,
  lastAt: null,
  listedAt: null,
  delistedAt: null,
} as const;

function membersOf(terms: InstrumentTerms) {
  const { title, grade, place, reference } = terms;
  return {
    terms,
    title,
    grade,
    place,
    reference: reference === undefined ? null : written(reference, scalesOf(terms).price),
  };
}
