import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RecordedAuction, RecordedBid, RecordedDecision, RecordSet } from "./recorded-auction.ts";

/* The members that matter here; the rest of the record is left alone. */
const Amount = z.object({ amount: z.number(), currency: z.string() });
const Period = z.object({ startDate: z.string(), endDate: z.string() });
const LotValue = z.object({ relatedLot: z.string(), date: z.string(), value: Amount });
const Tender = z.object({
  tenderID: z.string(),
  value: Amount.optional(),
  minimalStep: Amount.optional(),
  auctionPeriod: Period.optional(),
  lots: z
    .array(
      z.object({
        id: z.string(),
        value: Amount.optional(),
        minimalStep: Amount.optional(),
        auctionPeriod: Period.optional(),
      }),
    )
    .optional(),
  bids: z.array(
    z.object({
      id: z.string(),
      date: z.string().optional(),
      supplier: z.string().nullable(),
      value: Amount.optional(),
      lotValues: z.array(LotValue).optional(),
    }),
  ),
  awards: z
    .array(
      z.object({
        bid_id: z.string(),
        lotID: z.string().optional(),
        status: z.string(),
        date: z.string(),
        value: Amount,
      }),
    )
    .default([]),
});
type Tender = z.infer<typeof Tender>;

/** What the record says of one lot; tenders without lots have one. */
type LotRecord = {
  readonly number: number;
  readonly value: z.infer<typeof Amount>;
  readonly minimalStep: z.infer<typeof Amount>;
  readonly period: z.infer<typeof Period>;
  readonly offers: readonly { readonly supplier: string; readonly at: number; readonly amount: string }[];
  readonly awards: Tender["awards"];
};

const folderName = "prozorro-tenders";

/**
 * Tenders with an auction by turns. The record keeps each bidder's last price with its date: dates inside the auction
 * are bids made there, earlier ones are the initial prices that stood. A bidder undercuts his own price by the step,
 * not the leader's. Awards go to the best; where the record shows one as failed, the next best follows.
 * The id is the tender's, or `<tender>/<n>` for its n-th lot.
 */
export const prozorroTenders: RecordSet = {
  name: folderName,

  async list(folder) {
    const files = (await readdir(join(folder, folderName))).filter((name) => name.endsWith(".json")).sort();
    const tenders = await Promise.all(files.map((file) => readTender(join(folder, folderName, file))));
    return tenders.flatMap((tender) => {
      const lots = lotsOf(tender);
      return lots.map(({ number }) => (lots.length === 1 ? tender.tenderID : `${tender.tenderID}/${number}`));
    });
  },

  async load(folder, id) {
    const [tenderId = "", wanted = "1"] = id.split("/");
    if (!/^[\w-]+$/.test(tenderId)) return null;
    const path = join(folder, folderName, `${tenderId}.json`);
    const tender = await readTender(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    const lot = tender === null ? undefined : lotsOf(tender).find(({ number }) => String(number) === wanted);
    return lot === undefined ? null : recordOf(id, lot, tender?.bids ?? []);
  },
};

async function readTender(path: string): Promise<Tender> {
  return Tender.parse(JSON.parse(await readFile(path, "utf8")));
}

/** Lots that had an auction of some length, at least two offers and an award. */
function lotsOf(tender: Tender): readonly LotRecord[] {
  const whole = {
    id: undefined,
    value: tender.value,
    minimalStep: tender.minimalStep,
    auctionPeriod: tender.auctionPeriod,
  };
  return (tender.lots ?? [whole]).flatMap((lot, index) => {
    const { id, value, minimalStep, auctionPeriod: period } = lot;
    const offers = tender.bids.flatMap((bid) => offersOf(bid, id));
    const awards = tender.awards.filter((award) => award.lotID === id);
    if (value === undefined || minimalStep === undefined || period === undefined) return [];
    return offers.length < 2 || awards.length === 0 || durationOf(period) <= 0
      ? []
      : [{ number: index + 1, value, minimalStep, period, offers, awards }];
  });
}

function offersOf({ supplier, date, value, lotValues }: Tender["bids"][number], lotId: string | undefined) {
  if (supplier === null) return [];
  const found =
    lotId === undefined
      ? [{ date, value }]
      : (lotValues ?? [])
          .filter((entry) => entry.relatedLot === lotId)
          .map((entry) => ({ date: entry.date, value: entry.value }));
  return found.flatMap((offer) =>
    offer.date === undefined || offer.value === undefined
      ? []
      : [{ supplier, at: microsOf(offer.date), amount: String(offer.value.amount) }],
  );
}

function recordOf(id: string, lot: LotRecord, bids: Tender["bids"]): RecordedAuction {
  const opensAt = microsOf(lot.period.startDate);
  const supplierOf = new Map(bids.map((bid) => [bid.id, bid.supplier]));
  const last = lot.awards.at(-1);
  return {
    title: `Tender ${id}`,
    direction: "buy",
    procedure: { initialPrices: "optional", liveAuction: true },
    rules: {
      format: "english_reverse",
      currency: lot.value.currency,
      priceScale: 2,
      startPrice: String(lot.value.amount),
      stepMin: { kind: "absolute", amount: String(lot.minimalStep.amount) },
      reference: "own",
      visibility: "full",
      durationMs: durationOf(lot.period),
      softClose: { variant: "none" },
    },
    opensAt,
    bids: lot.offers
      .map(({ supplier, at, amount }): RecordedBid => {
        const kind = at < opensAt ? "initial_price" : "bid";
        return { at, bidder: supplier, kind, amount };
      })
      .sort((a, b) => a.at - b.at),
    decisions: decisionsOf(lot.awards),
    end: {
      bidder: supplierOf.get(last?.bid_id ?? "") ?? null,
      price: last === undefined ? null : String(last.value.amount),
    },
  };
}

/** Whole milliseconds, rounded up: the record ends on a microsecond. */
function durationOf({ startDate, endDate }: z.infer<typeof Period>): number {
  return Math.ceil((microsOf(endDate) - microsOf(startDate)) / 1000);
}

/** One decision per awarded bid; what an award was before it failed does not matter for who follows. */
function decisionsOf(awards: Tender["awards"]): readonly RecordedDecision[] {
  const final = new Map(awards.map((award) => [award.bid_id, award.status]));
  return [...final.values()].flatMap((status): RecordedDecision[] => {
    if (status === "active") return ["accept"];
    return status === "unsuccessful" || status === "cancelled" ? ["reject"] : [];
  });
}

/** Microseconds of an instant with an offset and up to six fraction digits. */
function microsOf(text: string): number {
  const fraction = /\.(\d{1,6})/.exec(text)?.[1] ?? "";
  const seconds = Date.parse(text.replace(/\.\d+/, "")) / 1000;
  return seconds * 1_000_000 + Number(fraction.padEnd(6, "0"));
}
