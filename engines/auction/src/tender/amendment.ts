import type { LotTerms, TenderChanges, TenderTerms } from "@kontor/protocol";

type LotChange = NonNullable<TenderChanges["lots"]>[number];

/** The object with the members that the changes name; a member that is absent or undefined stays. */
function overlay<Whole extends object>(whole: Whole, changes: Partial<Record<keyof Whole, unknown>>): Whole {
  const present = Object.entries(changes).filter(([, value]) => value !== undefined);
  return present.length === 0 ? whole : { ...whole, ...Object.fromEntries(present) };
}

function amendLot(lot: LotTerms, { number: _, ...changes }: LotChange): LotTerms {
  return overlay(lot, changes as Partial<LotTerms>);
}

/** The terms as amended; unknown lot numbers are the caller's to refuse. */
export function amendTerms(terms: TenderTerms, { calendar, lots, ...texts }: TenderChanges): TenderTerms {
  const amended = overlay(terms, texts as Partial<TenderTerms>);
  return {
    ...amended,
    calendar:
      calendar === undefined ? terms.calendar : overlay(terms.calendar, calendar as Partial<TenderTerms["calendar"]>),
    lots: terms.lots.map((lot, index) =>
      (lots ?? []).filter((change) => change.number === index + 1).reduce(amendLot, lot),
    ),
  };
}

function differing<Whole extends object>(before: Whole, after: Whole, pointer: string): string[] {
  return (Object.keys(after) as (keyof Whole & string)[])
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${pointer}/${name}`);
}

/** Pointers to what differs, as deep as an amendment can tell apart: texts, dates, and each lot's members. */
export function changedPointers(before: TenderTerms, after: TenderTerms): string[] {
  const { calendar: datesBefore, lots: lotsBefore, ...textsBefore } = before;
  const { calendar: datesAfter, lots: lotsAfter, ...textsAfter } = after;
  return [
    ...differing(textsBefore, textsAfter, ""),
    ...differing(datesBefore, datesAfter, "/calendar"),
    ...lotsAfter.flatMap((lot, index) => {
      const earlier = lotsBefore[index];
      return earlier === undefined || earlier === lot ? [] : differing(earlier, lot, `/lots/${index}`);
    }),
  ];
}
