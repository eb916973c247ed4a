import type { Candidate } from "./candidate.ts";
import { compareCandidates } from "./candidate.ts";
import type { Inquiry } from "./effective-quantity.ts";
import type { LeveledList, ListLevel } from "./list-levels.ts";
import { percentPrice } from "./percent-price.ts";
import { contains } from "./period.ts";
import type { TraceEntry, TraceVerdict } from "./resolution.ts";
import type { ListAnswer } from "./row-price.ts";
import { nothing, rowPrice } from "./row-price.ts";

/** What the lists say together. */
export type SearchResult = {
  readonly candidate: Candidate | null;
  /** An exclusive list ended the search without a price. */
  readonly ended: boolean;
  readonly trace: readonly TraceEntry[];
};

/**
 * Asks the lists level by level, in a level those of equal priority together, until some yield a price or an exclusive
 * one has been asked. Every list gets its entry, also those that were not asked any more.
 */
export function searchLists(levels: readonly ListLevel[], inquiry: Inquiry): SearchResult {
  const trace: TraceEntry[] = [];
  let candidate: Candidate | null = null;
  let ended = false;
  for (const level of levels) {
    let unasked: TraceVerdict | null = null;
    if (candidate !== null) unasked = "lower_level";
    for (const peers of peersOf(level)) {
      if (ended) unasked = "behind_exclusive";
      if (unasked !== null) {
        for (const leveled of peers) trace.push(entryOf(leveled, unasked, null));
        continue;
      }
      const answers = peers.map((leveled) => ({ leveled, answer: askList(leveled, inquiry) }));
      candidate = winnerOf(answers, inquiry);
      for (const { leveled, answer } of answers) trace.push(answerEntry(leveled, answer, candidate));
      if (candidate !== null) unasked = "outranked";
      else ended = answers.some(({ leveled, answer }) => leveled.list.exclusive && counts(answer));
    }
  }
  return { candidate, ended, trace };
}

/** Runs of equal priority. */
function peersOf(level: ListLevel): LeveledList[][] {
  const runs: LeveledList[][] = [];
  for (const leveled of level) {
    const last = runs.at(-1);
    if (last?.[0]?.priority === leveled.priority) last.push(leveled);
    else runs.push([leveled]);
  }
  return runs;
}

type Asked = { readonly leveled: LeveledList; readonly answer: ListAnswer };

function winnerOf(answers: readonly Asked[], { question }: Inquiry): Candidate | null {
  let best: Candidate | null = null;
  for (const { answer } of answers) {
    if (answer.kind === "nothing") continue;
    if (best === null || compareCandidates(answer.candidate, best, question.taxPercent) < 0) best = answer.candidate;
  }
  return best;
}

function askList({ list }: LeveledList, inquiry: Inquiry): ListAnswer {
  const { offer, question } = inquiry;
  if (!offer.vendorActive) return nothing("vendor_inactive");
  if (!offer.active) return nothing("offer_inactive");
  if (list.currency !== question.buyer.currency) return nothing("currency_differs");
  if (!contains(list.period, question.buyer.at)) return nothing("not_in_period");
  const answer = listPrice(list, inquiry);
  const isEmpty = answer.kind === "nothing" && answer.reason === "no_row";
  return isEmpty && list.exclusive ? nothing("exclusive_without_row") : answer;
}

/** A row that applies, else a derived price; where neither is, the rows' reason if there are rows. */
export function listPrice(list: Candidate["list"], inquiry: Inquiry): ListAnswer {
  const explicit = rowPrice(list, inquiry);
  if (explicit.kind === "candidate" || list.adjustment === null) return explicit;
  const derived = percentPrice(list, inquiry);
  return derived.kind === "candidate" || explicit.reason === "no_row" ? derived : explicit;
}

const uncounted: ReadonlySet<TraceVerdict> = new Set([
  "vendor_inactive",
  "offer_inactive",
  "currency_differs",
  "not_in_period",
]);

/** Whether the list passed the hard filters, so that its `exclusive` means something. */
function counts(answer: ListAnswer): boolean {
  return answer.kind === "candidate" || !uncounted.has(answer.reason);
}

function answerEntry(leveled: LeveledList, answer: ListAnswer, winner: Candidate | null): TraceEntry {
  if (answer.kind === "nothing") return entryOf(leveled, answer.reason, null);
  const { candidate } = answer;
  return entryOf(leveled, candidate === winner ? "chosen" : "outranked", candidate.row.id);
}

function entryOf(
  { list, level, distance, target }: LeveledList,
  verdict: TraceVerdict,
  rowId: string | null,
): TraceEntry {
  return { level, distance, target, listId: list.id, rowId, verdict };
}
