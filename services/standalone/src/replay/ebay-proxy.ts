import { join } from "node:path";
import type { Step } from "@kontor/protocol";
import { readCsv } from "./csv.ts";
import type { RecordedAuction, RecordSet } from "./recorded-auction.ts";

/** The increments that were in force when these auctions ran, by the shown price in US dollars. */
const increments: Step = {
  kind: "table",
  rows: [
    { from: "0", amount: "0.05" },
    { from: "1", amount: "0.25" },
    { from: "5", amount: "0.50" },
    { from: "25", amount: "1.00" },
    { from: "100", amount: "2.50" },
    { from: "250", amount: "5.00" },
    { from: "500", amount: "10.00" },
    { from: "1000", amount: "25.00" },
    { from: "2500", amount: "50.00" },
    { from: "5000", amount: "100.00" },
  ],
};

const microsPerDay = 86_400_000_000;
/** The record counts days from the start; the start itself is not told, so it is put here. */
const startedAt = Date.parse("2004-01-05T12:00:00Z") * 1000;

type Row = Readonly<Record<string, string>>;

async function auctions(folder: string): Promise<readonly Row[]> {
  const rows = await readCsv(join(folder, "ebay-proxy", "auctions.csv"));
  return rows.filter((row) => row["class"] !== "outlier");
}

/**
 * Proxy-bid histories: who places a maximum, and the price that comes of it. Where the recorded price is the winner's
 * whole maximum (class `winner_max`), only a hidden reserve at that price explains it, so it is given one.
 */
export const ebayProxy: RecordSet = {
  name: "ebay-proxy",

  list: async (folder) => (await auctions(folder)).map((row) => row["auctionid"] ?? ""),

  async load(folder, id) {
    const auction = (await auctions(folder)).find((row) => row["auctionid"] === id);
    if (auction === undefined) return null;
    const { item = "", auction_type: type = "" } = auction;
    const bids = (await readCsv(join(folder, "ebay-proxy", "bids.csv"))).filter(
      (row) => row["auctionid"] === id && row["item"] === item && row["auction_type"] === type,
    );
    return recordOf(auction, bids);
  },
};

function recordOf(auction: Row, bids: readonly Row[]): RecordedAuction {
  const { item = "", auction_type: type = "", openbid = "", final_price: price = "", winner = "" } = auction;
  const days = Number.parseInt(type, 10);
  return {
    title: `${item}, ${type}`,
    direction: "sell",
    procedure: { initialPrices: "none", liveAuction: true },
    rules: {
      format: "proxy_forward",
      currency: "USD",
      priceScale: 2,
      startPrice: openbid,
      reserve: auction["class"] === "winner_max" ? { price, shown: false } : null,
      stepMin: increments,
      selfRaise: true,
      durationMs: (days * microsPerDay) / 1000,
      softClose: { variant: "none" },
    },
    opensAt: startedAt,
    bids: [...bids]
      .sort((a, b) => Number(a["seq"]) - Number(b["seq"]))
      .map((row) => ({
        at: startedAt + Math.round(Number(row["bidtime_days"]) * microsPerDay),
        bidder: row["bidder"] ?? "",
        kind: "proxy" as const,
        amount: row["bid"] ?? "",
      })),
    decisions: ["accept"],
    end: { bidder: winner, price },
  };
}
