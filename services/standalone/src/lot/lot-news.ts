import { microsOfInstant } from "@kontor/kernel";
import type { LotView } from "@kontor/protocol";

/** What happened in a lot between two of its states, as far as the second shows it. Times are UTC milliseconds. */
export type LotNews =
  | { readonly kind: "opened"; readonly at: number }
  | { readonly kind: "bid"; readonly alias: string; readonly price: string; readonly at: number }
  | { readonly kind: "voided"; readonly alias: string; readonly price: string }
  | { readonly kind: "extended"; readonly endsAt: number }
  | { readonly kind: "paused" }
  | { readonly kind: "resumed" }
  | { readonly kind: "closed"; readonly bids: number }
  | { readonly kind: "result"; readonly outcome: string; readonly price?: string; readonly alias?: string };

const running: ReadonlySet<string> = new Set(["open", "paused"]);
const before: ReadonlySet<string> = new Set(["planned", "scheduled"]);

/** In the order in which they are told. `known` is null for who has seen nothing yet. */
export function lotNews(known: LotView | null, view: LotView): readonly LotNews[] {
  const news: LotNews[] = [];
  if (opened(known, view)) news.push({ kind: "opened", at: msOf(view.opensAt) ?? 0 });
  news.push(...bidNews(known, view));
  const endsAt = msOf(view.endsAt);
  if (view.extensions > (known?.extensions ?? 0) && endsAt !== null) news.push({ kind: "extended", endsAt });
  if (view.phase === "paused" && known?.phase === "open") news.push({ kind: "paused" });
  if (view.phase === "open" && known?.phase === "paused") news.push({ kind: "resumed" });
  if (known !== null && running.has(known.phase) && !running.has(view.phase)) {
    news.push({ kind: "closed", bids: view.bidCount ?? 0 });
  }
  const { result } = view;
  if (result !== undefined && known?.result?.outcome !== result.outcome) news.push(resultNews(result));
  return news;
}

function opened(known: LotView | null, view: LotView): boolean {
  return (known === null || before.has(known.phase)) && !before.has(view.phase) && view.opensAt !== undefined;
}

function bidNews(known: LotView | null, { recent = {} }: LotView): readonly LotNews[] {
  const seen = known?.recent ?? {};
  const latest = Math.max(0, ...Object.keys(seen).map(Number));
  const numbers = Object.keys(recent)
    .map(Number)
    .sort((a, b) => a - b);
  return numbers.flatMap((number): LotNews[] => {
    const bid = recent[String(number)];
    if (bid === undefined) return [];
    const { alias, price } = bid;
    if (number > latest) return [{ kind: "bid", alias, price, at: msOf(bid.at) ?? 0 }];
    const voided = bid.void === true && seen[String(number)]?.void !== true;
    return voided ? [{ kind: "voided", alias, price }] : [];
  });
}

function resultNews({ outcome, price, winnerAlias }: NonNullable<LotView["result"]>): LotNews {
  return {
    kind: "result",
    outcome,
    ...(price === undefined ? {} : { price }),
    ...(winnerAlias === undefined ? {} : { alias: winnerAlias }),
  };
}

/** UTC milliseconds of an instant; null when there is none. */
export function msOf(instant: string | undefined): number | null {
  const micros = instant === undefined ? null : microsOfInstant(instant);
  return micros === null ? null : Math.floor(micros / 1000);
}
