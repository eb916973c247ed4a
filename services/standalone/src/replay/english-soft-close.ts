import { join } from "node:path";
import { readCsv } from "./csv.ts";
import type { RecordedAuction, RecordSet } from "./recorded-auction.ts";

type Row = Readonly<Record<string, string>>;

const rowsOf = (folder: string): Promise<readonly Row[]> => readCsv(join(folder, "english-soft-close", "bids.csv"));

/**
 * English auctions whose clock starts with the first bid and runs 24 hours; each bid is at least a tenth above the one
 * before, and one in the last ten minutes moves the end to ten minutes after it. The highest bid wins.
 */
export const englishSoftClose: RecordSet = {
  name: "english-soft-close",

  list: async (folder) => [...new Set((await rowsOf(folder)).map((row) => row["auction"] ?? ""))],

  async load(folder, id) {
    const rows = (await rowsOf(folder)).filter((row) => row["auction"] === id);
    return rows.length === 0 ? null : recordOf(id, rows);
  },
};

function recordOf(id: string, rows: readonly Row[]): RecordedAuction {
  const bids = rows.map((row) => ({
    at: Number(row["unix_ts"]) * 1_000_000,
    bidder: row["bidder"] ?? "",
    kind: "bid" as const,
    amount: row["amount_eth"] ?? "",
  }));
  const [first] = bids;
  const last = bids.at(-1);
  return {
    title: `English auction ${id}`,
    direction: "sell",
    procedure: { initialPrices: "none", liveAuction: true },
    rules: {
      format: "english_forward",
      currency: "ETH",
      priceScale: 6,
      stepMin: { kind: "percent", percent: "10", of: "current" },
      selfRaise: true,
      clock: "first_bid",
      durationMs: 86_400_000,
      softClose: { variant: "extend_from_bid", extensionMs: 600_000 },
    },
    opensAt: (first?.at ?? 0) - 60_000_000,
    bids,
    decisions: ["accept"],
    end: { bidder: last?.bidder ?? null, price: last?.amount ?? null },
  };
}
