import { join } from "node:path";
import { formatDecimal, instantOfMicros, parseDecimal } from "@kontor/kernel";
import type { TenderTermsInput } from "@kontor/protocol";
import { describe, expect, it } from "vitest";
import { column, groupRows, readCsv, recordsFolder } from "./records.ts";
import { day, lotIdOf, publishedTender } from "./tender-run.ts";

type Row = Readonly<Record<string, string>>;

const start = 1_100_000_000_000_000;
const opensAt = start + day;

/** The marketplace's increments by current price. */
const increments = [
  ["0", "0.05"],
  ["1", "0.25"],
  ["5", "0.50"],
  ["25", "1"],
  ["100", "2.50"],
  ["250", "5"],
  ["500", "10"],
  ["1000", "25"],
  ["2500", "50"],
  ["5000", "100"],
] as const;

function cents(text: string): bigint {
  const amount = parseDecimal(text, 2);
  if (typeof amount === "string") throw new Error(`${text} is ${amount}`);
  return amount;
}

const decimal = (text: string): string => formatDecimal(cents(text), 2);

function termsOf(opening: string, reserve: string | null, durationDays: number): TenderTermsInput {
  return {
    title: "Recorded proxy auction",
    direction: "sell",
    currency: "USD",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { submissionsUntil: instantOfMicros(opensAt - 1_000_000), auctionOpensAt: instantOfMicros(opensAt) },
    lots: [
      {
        title: "Recorded item",
        quantity: { value: "1", unit: "C62" },
        rules: {
          format: "proxy_forward",
          currency: "USD",
          priceScale: 2,
          startPrice: decimal(opening),
          reserve: reserve === null ? null : { price: decimal(reserve), shown: false },
          stepMin: { kind: "table", rows: increments.map(([from, amount]) => ({ from, amount })) },
          durationMs: durationDays * 86_400_000,
          softClose: { variant: "none" },
          visibility: "full",
        },
      },
    ],
  };
}

/**
 * The recorded order. Bids stamped with the very same instant have none: there the bidder who placed the bid before
 * comes first, for he raised before he was outbid. One auction of the set (1650483277) has such a pair.
 */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const ordered = [...rows];
  for (let i = 1; i + 1 < ordered.length; i++) {
    const [before, here, next] = ordered.slice(i - 1, i + 2) as [Row, Row, Row];
    const same = column(here, "bidtime_days") === column(next, "bidtime_days");
    if (same && column(next, "bidder") === column(before, "bidder")) ordered.splice(i, 2, next, here);
  }
  return ordered;
}

/** Price and winner when every recorded maximum is submitted at its recorded time. */
function replay(
  rows: readonly Row[],
  reserve: string | null,
): { price: string | undefined; winner: string | undefined; outcome: string } {
  const days = Number.parseInt(column(rows[0] as Row, "auction_type"), 10);
  const bidders = [...new Set(rows.map((row) => column(row, "bidder")))];
  const run = publishedTender(termsOf(column(rows[0] as Row, "openbid"), reserve, days), bidders, start);
  let last = opensAt;
  for (const row of inOrder(rows)) {
    const at = Math.max(last + 1, opensAt + Math.round(Number(column(row, "bidtime_days")) * day));
    last = at;
    // A maximum that the record keeps although the rules refuse it changed nothing then either.
    const command = { type: "set_proxy", lotId: lotIdOf(1), maximum: decimal(column(row, "bid")) } as const;
    run.submit(command, column(row, "bidder"), at);
  }
  run.advanceTo(opensAt + (days + 1) * day);
  const [closed] = run.all("lot_closed");
  if (closed === undefined) throw new Error("the auction never closed");
  return { price: closed.leader?.price, winner: closed.leader?.companyId, outcome: closed.outcome };
}

const folder = recordsFolder();

describe.runIf(folder !== null)("recorded proxy auctions", () => {
  const path = join(folder ?? "", "ebay-proxy");
  const auctions = folder === null ? [] : readCsv(join(path, "auctions.csv"));
  const keyOf = (row: Row): string =>
    `${column(row, "auctionid")}/${column(row, "auction_type")}/${column(row, "item")}`;
  const bids = folder === null ? new Map<string, readonly Row[]>() : groupRows(readCsv(join(path, "bids.csv")), keyOf);
  const rowsOf = (auction: Row): readonly Row[] => {
    const rows = bids.get(keyOf(auction));
    if (rows === undefined) throw new Error(`no bids for ${keyOf(auction)}`);
    return rows;
  };
  const ofClass = (name: string): readonly Row[] => auctions.filter((auction) => column(auction, "class") === name);

  it("ends all 295 increment-priced auctions at the recorded price, to the cent", () => {
    const exact = ofClass("proxy_exact");
    expect(exact).toHaveLength(295);
    for (const auction of exact) {
      const { price, winner } = replay(rowsOf(auction), null);
      expect({ auction: keyOf(auction), price, winner }).toEqual({
        auction: keyOf(auction),
        price: decimal(column(auction, "final_price")),
        winner: column(auction, "winner"),
      });
    }
  });

  it("ends all 17 auctions that a hidden reserve explains at the recorded price", () => {
    const reserved = ofClass("winner_max");
    expect(reserved).toHaveLength(17);
    for (const auction of reserved) {
      const recorded = column(auction, "final_price");
      const { price, winner, outcome } = replay(rowsOf(auction), recorded);
      expect({ auction: keyOf(auction), price, winner, outcome }).toEqual({
        auction: keyOf(auction),
        price: decimal(recorded),
        winner: column(auction, "winner"),
        outcome: "sold",
      });
    }
  });
});
