import type { Actor } from "@kontor/kernel";
import type { ContractRecord } from "@kontor/protocol";
import { eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { contracts } from "../schema/read-models-lots.ts";
import { nameOfCompany } from "./company-names.ts";
import { oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, inMarketplace, ofCompanyOrStaff, ofOwnCompany } from "./scope.ts";
import type { ContractRepository } from "./trading-records.ts";

const newest: Order = {
  name: "drawn",
  by: contracts.drawnAt,
  id: contracts.id,
  direction: "desc",
  accepts: isInstant,
};

export function createContractRepository(db: Database): ContractRepository {
  const selected = () =>
    db
      .select({
        ...getTableColumns(contracts),
        companyName: nameOfCompany(contracts.companyId),
        ownerName: nameOfCompany(contracts.ownerCompanyId),
      })
      .from(contracts)
      .$dynamic();

  return {
    async list(actor, { tenderId, lotId, status, ...page }) {
      const wanted = allOf(
        seesContract(actor),
        tenderId === undefined ? undefined : eq(contracts.tenderId, tenderId),
        lotId === undefined ? undefined : eq(contracts.lotId, lotId),
        oneOf(contracts.status, status),
      );
      return await pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          selected()
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ drawnAt, id }) => [drawnAt, id],
        entryOf: recordOf,
      });
    },

    async find(actor, contractId) {
      const [row] = await selected().where(allOf(seesContract(actor), eq(contracts.id, contractId)));
      return row && recordOf(row);
    },
  };
}

/** The two parties, and staff. */
function seesContract(actor: Actor) {
  return allOf(
    inMarketplace(actor, contracts.marketplaceId),
    anyOf(ofCompanyOrStaff(actor, contracts.ownerCompanyId), ofOwnCompany(actor, contracts.companyId)),
  );
}

type ContractRow = typeof contracts.$inferSelect & {
  readonly companyName: string | null;
  readonly ownerName: string | null;
};

function recordOf(row: ContractRow): ContractRecord {
  return {
    contractId: row.id,
    awardId: row.awardId,
    lotId: row.lotId,
    tenderId: row.tenderId,
    marketplaceId: row.marketplaceId,
    companyId: row.companyId,
    ownerCompanyId: row.ownerCompanyId,
    title: row.title,
    quantity: { value: row.quantity, unit: row.unit },
    price: row.price,
    currency: row.currency,
    status: row.status,
    drawnAt: instantOf(row.drawnAt),
    ...present({
      companyName: row.companyName,
      ownerName: row.ownerName,
      signedByOwnerAt: instantOf(row.signedByOwnerAt),
      signedByCounterpartyAt: instantOf(row.signedByCounterpartyAt),
    }),
  };
}
