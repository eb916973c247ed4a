import type { JournalEntry } from "@kontor/db";
import type { Micros } from "@kontor/kernel";

/** One event with the entry it stands in; `index` is its place among the entry's events. */
export type Fact<Event> = {
  readonly event: Event;
  readonly seq: number;
  readonly index: number;
  readonly at: Micros;
  readonly events: readonly Event[];
};

/** All events of entries in order; those of refused commands have none. */
export function factsOf<Event>(entries: readonly { readonly entry: JournalEntry }[]): Fact<Event>[] {
  return entries.flatMap(({ entry: { seq, at, events = [] } }) =>
    (events as readonly Event[]).map((event, index, all) => ({ event, seq, index, at, events: all })),
  );
}
