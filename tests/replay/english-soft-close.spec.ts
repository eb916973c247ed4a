import { join } from "node:path";
import { instantOfMicros } from "@kontor/kernel";
import type { TenderTermsInput } from "@kontor/protocol";
import { describe, expect, it } from "vitest";
import { column, groupRows, readCsv, recordsFolder } from "./records.ts";
import { day, lotIdOf, publishedTender } from "./tender-run.ts";

const second = 1_000_000;
const extension = 600 * second;

/** The clock runs a day from the first bid; each bid tops the last by a tenth; late bids extend by ten minutes. */
function termsOf(opensAt: number, opening: string): TenderTermsInput {
  return {
    title: "Recorded soft-close auction",
    direction: "sell",
    currency: "XXX",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { submissionsUntil: instantOfMicros(opensAt - second), auctionOpensAt: instantOfMicros(opensAt) },
    lots: [
      {
        title: "Recorded item",
        quantity: { value: "1", unit: "C62" },
        rules: {
          format: "english_forward",
          currency: "XXX",
          priceScale: 6,
          startPrice: opening,
          stepMin: { kind: "percent", percent: "10", of: "current" },
          selfRaise: true,
          clock: "first_bid",
          durationMs: 86_400_000,
          softClose: { variant: "extend_from_bid", extensionMs: 600_000, windowMs: 600_000 },
          visibility: "full",
        },
      },
    ],
  };
}

const folder = recordsFolder();

describe.runIf(folder !== null)("recorded auctions with a soft close", () => {
  const auctions =
    folder === null
      ? new Map()
      : groupRows(readCsv(join(folder, "english-soft-close/bids.csv")), (row) => column(row, "auction"));

  it("has all eight of them, 83 bids", () => {
    expect(auctions.size).toBe(8);
    expect([...auctions.values()].reduce((sum, rows) => sum + rows.length, 0)).toBe(83);
  });

  it.each([...auctions])("accepts every bid of auction %s and ends as recorded", (_, rows) => {
    const times = rows.map((row: Readonly<Record<string, string>>) => Number(column(row, "unix_ts")) * second);
    const first = times[0] ?? 0;
    const last = times.at(-1) ?? 0;
    const opensAt = first - 60 * second;
    const bidders = [...new Set<string>(rows.map((row: Readonly<Record<string, string>>) => column(row, "bidder")))];
    const run = publishedTender(termsOf(opensAt, column(rows[0], "amount_eth")), bidders, opensAt - day);
    rows.forEach((row: Readonly<Record<string, string>>, index: number) => {
      run.accept(
        { type: "submit_bid", lotId: lotIdOf(1), price: column(row, "amount_eth") },
        column(row, "bidder"),
        times[index] ?? 0,
      );
    });
    const end = Math.max(first + day, last + extension);
    run.advanceTo(end - 1);
    expect(run.all("lot_closed")).toHaveLength(0);
    run.advanceTo(end);
    const [closed] = run.all("lot_closed");
    expect(closed?.leader?.companyId).toBe(column(rows.at(-1), "bidder"));
    expect(Number(closed?.leader?.price)).toBe(Number(column(rows.at(-1), "amount_eth")));
    expect(run.events.find(({ event }) => event.type === "lot_closed")?.at).toBe(end);
  });
});
