import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordsFolder } from "./records.ts";
import { day, lotIdOf, ownerId, publishedTender, sealedRules, sealedTerms } from "./tender-run.ts";

type Money = { readonly amount?: number; readonly amountPerformance?: number; readonly currency: string };
type LotValue = {
  readonly relatedLot: string;
  readonly status?: string;
  readonly date?: string;
  readonly value: Money;
  readonly weightedValue?: Money;
};
type Bid = {
  readonly id: string;
  readonly status: string;
  readonly date?: string;
  readonly value?: Money;
  readonly weightedValue?: Money;
  readonly parameters?: readonly { readonly code: string; readonly value: number }[];
  readonly lotValues?: readonly LotValue[];
};
type Award = {
  readonly bid_id: string;
  readonly lotID?: string;
  readonly status: string;
  readonly value: Money;
  readonly weightedValue?: Money;
};
type Feature = { readonly code: string; readonly enum: readonly { readonly value: number }[] };
type Tender = {
  readonly procurementMethodType: string;
  readonly bids?: readonly Bid[];
  readonly awards?: readonly Award[];
  readonly features?: readonly Feature[];
};
type Offer = { readonly bidder: string; readonly date: string; readonly price: string; readonly evaluated: string };

const deadline = 1_700_000_000_000_000;

/** Amounts are JSON numbers in the records; their shortest text is the amount as published, at most two decimals. */
const text = (amount: number): string => (Number.isInteger(amount) ? `${amount}` : amount.toFixed(2));

/** The larger a bidder's share of rated features, the larger the divisor of his price (sheet F10, divisor). */
function weightedText(tender: Tender, bid: Bid, amount: number): string {
  const features = tender.features ?? [];
  const percent = (value: number): bigint => BigInt(Math.round(value * 100));
  const most = features.reduce(
    (sum, feature) => sum + percent(Math.max(...feature.enum.map(({ value }) => value))),
    0n,
  );
  const own = (bid.parameters ?? []).reduce((sum, { value }) => sum + percent(value), 0n);
  if (most === 0n) return text(amount);
  // price / (1 + own / (1 - most)) in hundredths, as an exact fraction rounded to six decimals.
  const minor = BigInt(Math.round(amount * 100)) * 10_000n;
  const weighted = (minor * (100n - most)) / (100n - most + own);
  return `${weighted / 1_000_000n}.${(weighted % 1_000_000n).toString().padStart(6, "0")}`;
}

function offerOf(tender: Tender, bid: Bid, lot: string | undefined): Offer | null {
  if (bid.status !== "active") return null;
  const lotValue =
    lot === undefined
      ? undefined
      : bid.lotValues?.find((value) => value.relatedLot === lot && value.status !== "unsuccessful");
  if (lot !== undefined && lotValue === undefined) return null;
  // A price quotation's record keeps the price with the award only.
  const value = lotValue?.value ?? bid.value ?? tender.awards?.find((award) => award.bid_id === bid.id)?.value;
  const amount = value?.amountPerformance ?? value?.amount;
  if (amount === undefined) throw new Error(`bid ${bid.id} has no amount`);
  const weighted = lotValue?.weightedValue ?? bid.weightedValue;
  const evaluated = weighted?.amount === undefined ? weightedText(tender, bid, amount) : text(weighted.amount);
  return { bidder: bid.id, date: lotValue?.date ?? bid.date ?? "", price: text(amount), evaluated };
}

/** Instants with an offset and microseconds, comparable as text once in UTC. */
function timeKey(date: string): string {
  const fraction = /\.(\d+)/.exec(date)?.[1] ?? "";
  return `${new Date(date.replace(/\.\d+/, "")).toISOString()}${fraction.padEnd(6, "0")}`;
}

/** Who is proposed when every proposal is rejected in turn. */
function proposalOrder(tender: Tender, lot: string | undefined): readonly string[] {
  const highest = tender.procurementMethodType === "esco";
  const offers = (tender.bids ?? [])
    .map((bid) => offerOf(tender, bid, lot))
    .filter((offer): offer is Offer => offer !== null)
    .sort((a, b) => (timeKey(a.date) < timeKey(b.date) ? -1 : 1));
  const run = publishedTender(
    sealedTerms(highest ? "sell" : "buy", [{ rules: sealedRules({ currency: "UAH", priceScale: 6 }) }], deadline),
    offers.map(({ bidder }) => bidder),
    deadline - 30 * day,
  );
  offers.forEach((offer, index) => {
    run.accept(
      { type: "submit_initial_price", lotId: lotIdOf(1), price: offer.price },
      offer.bidder,
      deadline - day + index,
    );
  });
  let at = deadline + 1;
  for (const { bidder, price, evaluated } of offers) {
    if (evaluated !== price) {
      run.accept(
        { type: "evaluate_price", lotId: lotIdOf(1), companyId: bidder, evaluatedPrice: evaluated, note: "features" },
        ownerId,
        at++,
      );
    }
  }
  run.accept({ type: "propose_award", lotId: lotIdOf(1) }, ownerId, at++);
  const order: string[] = [];
  for (
    let award = run.all("award_proposed").at(-1);
    award !== undefined && order.length < offers.length;
    award = run.all("award_proposed").at(-1)
  ) {
    order.push(award.companyId);
    run.accept(
      { type: "reject_award", lotId: lotIdOf(1), awardId: award.awardId, reason: "as recorded" },
      ownerId,
      at++,
    );
  }
  return order;
}

/** Bidders in the order in which the record awarded; a cancelled award is decided anew for the same bid. */
function recordedOrder(tender: Tender, lot: string | undefined): readonly string[] {
  const awards = (tender.awards ?? []).filter((award) => award.lotID === lot);
  return [...new Set(awards.map((award) => award.bid_id))];
}

const folder = recordsFolder();

describe.runIf(folder !== null)("recorded award orders", () => {
  const tenders = ["prozorro-tenders", "prozorro-awarding-order"].flatMap((set) =>
    folder === null
      ? []
      : readdirSync(join(folder, set))
          .sort()
          .map((file) => ({ file, tender: JSON.parse(readFileSync(join(folder, set, file), "utf8")) as Tender })),
  );
  const lots = tenders.flatMap(({ file, tender }) =>
    [...new Set((tender.awards ?? []).map((award) => award.lotID))].map((lot) => ({ file, tender, lot })),
  );

  it("reads all eleven tenders", () => {
    expect(tenders).toHaveLength(11);
    expect(lots.length).toBeGreaterThan(20);
  });

  it.each(lots)("proposes the bidders of $file lot $lot in the recorded order", ({ tender, lot }) => {
    const recorded = recordedOrder(tender, lot);
    expect(recorded.length).toBeGreaterThan(0);
    expect(proposalOrder(tender, lot).slice(0, recorded.length)).toEqual(recorded);
  });
});
