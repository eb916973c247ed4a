import type { Shortcut } from "@kontor/kernel";
import { bidNumberOf, bidsUntil, evolveBid } from "../live/live-auction.ts";
import type { TenderState } from "./state.ts";

/** A lone bid, exactly as `decide` writes it: nearly every entry of a long journal is one. */
const loneBid = new RegExp(
  '^\\[\\{"type":"","tenderId":"","lotId":"","bidId":"","companyId":"","userId":"","rank":\\d+,' +
    '("leader":\\{"companyId":"","bidId":"","price":""\\},)?"visibility":"","price":"",("maximum":"",)?"source":""\\}\\]$',
);

/** Of a bid's members these come before the leader, if one is named, and the others after it. */
const [type, lot, bid, company, user] = [0, 2, 3, 4, 5] as const;
const leaderMembers = 3;

/** See `Engine.shortcut`: bids from the auction room, of companies that have bid before. */
export function shortcut(form: string): Shortcut<TenderState> | null {
  const found = loneBid.exec(form);
  if (found === null) return null;
  const price = user + (found[1] === undefined ? 0 : leaderMembers) + 2;
  const offered = found[2] === undefined ? price : price + 1;
  const source = offered + 1;
  return (state, values, at) => {
    if (values[type] !== "bid_accepted" || values[source] !== "live") return null;
    const auction = state.tender?.lots.get(values[lot] ?? "")?.auction ?? null;
    if (auction === null) return null;
    const before = auction.book.ofCompany.get(values[company] ?? "")?.at(-1);
    if (before === undefined || before.userId !== values[user]) return null;
    if (bidNumberOf(values[bid] ?? "") !== bidsUntil(auction) + 1) return null;
    // What stays in the state must not be a part of the journal's text, which would stay with it.
    const { companyId, userId } = before;
    evolveBid(auction, { companyId, userId, offer: values[offered] ?? "", source: "live" }, at);
    return state;
  };
}
