import type { Direction, TenderPhase } from "@kontor/protocol";

/** What the list of tenders shows; it is all in the address. */
export type TenderSearch = {
  readonly q?: string;
  readonly phase?: TenderPhase;
  readonly direction?: Direction;
  readonly takingPart?: "me";
  readonly owner?: "me";
  readonly sort?: "published" | "deadline";
};

const phases = [
  "draft",
  "enquiries",
  "submission",
  "waiting",
  "auction",
  "evaluation",
  "standstill",
  "complete",
  "unsuccessful",
  "cancelled",
] as const satisfies readonly TenderPhase[];

export const tenderPhases: readonly TenderPhase[] = phases;

/** Reads an address as typed or linked by anybody: what it does not know is left out. */
export function readTenderSearch(search: Readonly<Record<string, unknown>>): TenderSearch {
  const { q, phase, direction, takingPart, owner, sort } = search;
  const knownPhase = phases.find((one) => one === phase);
  return {
    ...(typeof q === "string" && q.trim() !== "" ? { q: q.slice(0, 200) } : {}),
    ...(knownPhase === undefined ? {} : { phase: knownPhase }),
    ...(direction === "buy" || direction === "sell" ? { direction } : {}),
    ...(takingPart === "me" ? { takingPart } : {}),
    ...(owner === "me" ? { owner } : {}),
    ...(sort === "published" || sort === "deadline" ? { sort } : {}),
  };
}

export function isFiltered({ q, phase, direction, takingPart, owner }: TenderSearch): boolean {
  return [q, phase, direction, takingPart, owner].some((filter) => filter !== undefined);
}
