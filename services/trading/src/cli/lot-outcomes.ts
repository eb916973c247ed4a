import type { TradingEvent } from "../mechanism.ts";

/** What became of one lot, collected from events as they pass. */
export type LotOutcome = {
  readonly lotId: string;
  title: string;
  bids: number;
  extensions: number;
  /** The last thing that settled or unsettled the lot, in words. */
  state: string;
  companyId: string | null;
  price: string | null;
};

/** One procedure's title and lots, in the order of their numbers. */
export type Outcomes = {
  readonly title: () => string;
  readonly lots: () => readonly LotOutcome[];
  readonly take: (event: TradingEvent) => void;
};

/** Members that the events tell of; each event has some of them. */
type Facts = {
  readonly lotId?: string;
  readonly companyId?: string;
  readonly price?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly leader?: { readonly companyId: string; readonly price: string };
  readonly terms?: {
    readonly title: string;
    readonly currency: string;
    readonly lots: readonly { readonly title: string }[];
  };
};

/** Words for events that settle a lot; those with a company name a winner. */
const states: Readonly<Record<string, string>> = {
  initial_prices_opened: "prices opened",
  lot_opened: "open",
  lot_paused: "paused",
  lot_resumed: "open",
  lot_cancelled: "cancelled",
  lot_aborted: "aborted",
  lot_replanned: "planned again",
  award_proposed: "award proposed",
  award_accepted: "awarded",
  award_rejected: "award rejected",
  award_refused: "award refused",
  award_cancelled: "award cancelled",
  contract_drawn: "contract drawn",
  contract_signed: "contract signed",
};

export function createOutcomes(): Outcomes {
  const byId = new Map<string, LotOutcome>();
  let terms: Facts["terms"];

  function lotOf(lotId: string): LotOutcome {
    const known = byId.get(lotId);
    if (known) return known;
    const number = Number(lotId.slice(lotId.lastIndexOf("-") + 1));
    const title = terms?.lots[number - 1]?.title ?? "";
    const lot = { lotId, title, bids: 0, extensions: 0, state: "planned", companyId: null, price: null };
    byId.set(lotId, lot);
    return lot;
  }

  return {
    title: () => terms?.title ?? "",
    lots: () =>
      [...byId.values()]
        .sort((a, b) => a.lotId.localeCompare(b.lotId, "en", { numeric: true }))
        .map((lot) => ({ ...lot, price: lot.price && terms ? `${lot.price} ${terms.currency}` : lot.price })),
    take(event) {
      const facts = event as Facts & TradingEvent;
      if (facts.terms) terms = facts.terms;
      if (facts.lotId !== undefined) note(lotOf(facts.lotId), facts);
      else if (facts.type.endsWith("_cancelled")) for (const lot of byId.values()) cancel(lot);
    },
  };
}

/** With the whole; a lot that came to nothing before keeps its own reason. */
function cancel(lot: LotOutcome): void {
  if (!lot.state.startsWith("unsuccessful")) lot.state = "cancelled";
}

function note(lot: LotOutcome, { type, outcome, reason, leader, companyId, price }: Facts & TradingEvent): void {
  if (type === "bid_accepted") lot.bids++;
  if (type === "lot_extended") lot.extensions++;
  const isHis = type.startsWith("award_") || type === "contract_drawn" || type === "bid_accepted";
  const best = leader ?? (isHis ? { companyId, price } : undefined);
  if (best?.companyId !== undefined) lot.companyId = best.companyId;
  if (best?.price !== undefined) lot.price = best.price;
  if (type === "lot_closed") lot.state = (outcome ?? "closed").replaceAll("_", " ");
  else if (type === "lot_unsuccessful") lot.state = `unsuccessful: ${(reason ?? "").replaceAll("_", " ")}`;
  else lot.state = states[type] ?? lot.state;
}

/** `lot 2  Milling wheat  contract drawn · Agrar Nord at 219.50 EUR · 14 bids · 3 extensions` */
export function outcomeLine(outcome: LotOutcome, names: ReadonlyMap<string, string>): string {
  const { lotId, title, state, companyId, price, bids, extensions } = outcome;
  const name = companyId === null ? null : (names.get(companyId) ?? companyId);
  const winner = name === null ? [] : [price === null ? name : `${name} at ${price}`];
  const counts = [plural(bids, "bid"), ...(extensions > 0 ? [plural(extensions, "extension")] : [])];
  const number = lotId.slice(lotId.lastIndexOf("-") + 1);
  return `  lot ${number}  ${title}  ${[state, ...winner, ...counts].join(" · ")}`;
}

export function plural(count: number, noun: string): string {
  const many = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? noun : many}`;
}
