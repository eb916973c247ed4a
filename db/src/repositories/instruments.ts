import type { Actor } from "@kontor/kernel";
import type { InstrumentRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { eq, ne } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { instruments } from "../schema/read-models-market.ts";
import { holding, oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import type { InstrumentRepository } from "./market-records.ts";
import type { InstrumentRow } from "./market-rows.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, forStaff, inMarketplace } from "./scope.ts";

const newest: Order = {
  name: "newest",
  by: instruments.draftedAt,
  id: instruments.id,
  direction: "desc",
  accepts: isInstant,
};

export function createInstrumentRepository(db: Database): InstrumentRepository {
  return {
    list: (actor, { state, q, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(instruments)
            .where(
              allOf(
                seesInstrument(actor),
                oneOf(instruments.state, state),
                holding(q, instruments.title, instruments.grade, instruments.place),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ draftedAt, id }) => [draftedAt, id],
        entryOf: recordOf,
      }),

    async find(actor, instrumentId) {
      const [row] = await db
        .select()
        .from(instruments)
        .where(allOf(seesInstrument(actor), eq(instruments.id, instrumentId)));
      return row && recordOf(row);
    },
  };
}

function seesInstrument(actor: Actor): SQL {
  return allOf(inMarketplace(actor, instruments.marketplaceId), anyOf(ne(instruments.state, "draft"), forStaff(actor)));
}

function recordOf(row: InstrumentRow): InstrumentRecord {
  const { id, marketplaceId, state, version, terms, phase, last, lastAt, reference, listedAt, delistedAt } = row;
  return {
    instrumentId: id,
    marketplaceId,
    state,
    version,
    terms,
    phase,
    ...present({
      last,
      lastAt: instantOf(lastAt),
      reference,
      listedAt: instantOf(listedAt),
      delistedAt: instantOf(delistedAt),
    }),
  };
}
