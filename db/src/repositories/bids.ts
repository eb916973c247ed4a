import type { Actor } from "@kontor/kernel";
import type { BidRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { bids, lots } from "../schema/read-models-lots.ts";
import { tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { aliasOf } from "./alias.ts";
import type { Order } from "./keyset.ts";
import { isAmount, isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, isOwnCompany, ofOwnCompany, runsTender, seesAll, seesTender } from "./scope.ts";
import type { BidRepository } from "./trading-records.ts";

const newest: Order = { name: "newest", by: bids.at, id: bids.id, direction: "desc", accepts: isInstant };
const byPrice = (price: SQL): Order => ({ name: "price", by: price, id: bids.id, direction: "asc", accepts: isAmount });

export function createBidRepository(db: Database): BidRepository {
  const selected = (actor: Actor) => {
    const ownPart = and(eq(tenderSuppliers.tenderId, bids.tenderId), ofOwnCompany(actor, tenderSuppliers.companyId));
    return db
      .select({
        bid: getTableColumns(bids),
        ownerCompanyId: tenders.ownerCompanyId,
        closed: sql<boolean>`${lots.closedAt} is not null`,
        price: shownPrice(actor),
      })
      .from(bids)
      .innerJoin(lots, eq(lots.id, bids.lotId))
      .innerJoin(tenders, eq(tenders.id, bids.tenderId))
      .leftJoin(tenderSuppliers, ownPart)
      .$dynamic();
  };

  return {
    async list(actor, { lotId, tenderId, company, sort = "newest", ...page }) {
      const wanted = allOf(
        seesBid(actor),
        lotId === undefined ? undefined : eq(bids.lotId, lotId),
        tenderId === undefined ? undefined : eq(bids.tenderId, tenderId),
        company && ofOwnCompany(actor, bids.companyId),
      );
      return await pageFrom(page, {
        order: sort === "newest" ? newest : byPrice(shownPrice(actor)),
        rows: ({ after, orderBy, limit }) =>
          selected(actor)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ bid, price }) => [sort === "newest" ? bid.at : price, bid.id],
        entryOf: (row) => recordOf(actor, row),
      });
    },

    async find(actor, bidId) {
      const [row] = await selected(actor).where(allOf(seesBid(actor), eq(bids.id, bidId)));
      return row && recordOf(actor, row);
    },
  };
}

const isRevealed = sql`${lots.revealed}`;
const isAdmitted = sql`coalesce(${tenderSuppliers.state} = 'admitted', false)`;

/** Needs `bids`, `lots`, `tenders` and the reader's own row of `tenderSuppliers` in the query. */
function seesBid(actor: Actor): SQL {
  return allOf(
    seesTender(actor),
    anyOf(
      runsTender(actor),
      ofOwnCompany(actor, bids.companyId),
      eq(lots.visibility, "full"),
      allOf(eq(lots.visibility, "sealed"), isRevealed, isAdmitted),
    ),
  );
}

/**
 * A leader's shown price in a proxy auction tells the runner-up's. To a bidder who may not see the best price his bid
 * is what he offered.
 */
function shownPrice(actor: Actor): SQL<string> {
  const toBidders = anyOf(eq(lots.visibility, "lead"), allOf(eq(lots.visibility, "sealed"), isRevealed));
  const seesBest = anyOf(runsTender(actor), eq(lots.visibility, "full"), allOf(isAdmitted, toBidders));
  return sql<string>`case when ${seesBest} then ${bids.price} else coalesce(${bids.maximum}, ${bids.price}) end`;
}

type BidRow = {
  readonly bid: typeof bids.$inferSelect;
  readonly ownerCompanyId: string;
  readonly closed: boolean;
  readonly price: string;
};

function recordOf(actor: Actor, { bid, ownerCompanyId, closed, price }: BidRow): BidRecord {
  const own = isOwnCompany(actor, bid.companyId);
  const ownersSide = seesAll(actor) || isOwnCompany(actor, ownerCompanyId);
  // The live view names nobody before the close, so that nobody can tell a competitor who bids against him.
  const named = own || (closed && ownersSide);
  return {
    bidId: bid.id,
    lotId: bid.lotId,
    tenderId: bid.tenderId,
    price,
    currency: bid.currency,
    source: bid.source,
    at: instantOf(bid.at),
    own,
    voided: bid.voided,
    ...present({
      alias: aliasOf(bid.alias),
      companyId: named ? bid.companyId : null,
      userId: own ? bid.userId : null,
      maximum: own ? bid.maximum : null,
      voidReason: own || ownersSide ? bid.voidReason : null,
    }),
  };
}
