import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, isText, pageFrom } from "../repositories/keyset.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import {
  ledgerAccounts,
  ledgerAssets,
  ledgerHolds,
  ledgerOperations,
  ledgerPostings,
  ledgerReversals,
} from "../schema/ledger.ts";
import type { Asset, LedgerAccount, LedgerRepository } from "./ledger-repository.ts";

type Reads = Pick<LedgerRepository, "accounts" | "findAccount" | "statement" | "holds">;

const byPurpose: Order = {
  name: "purpose",
  by: ledgerAccounts.purpose,
  id: ledgerAccounts.id,
  direction: "asc",
  accepts: isText,
  acceptsId: isUuid,
};

const byNumber: Order = {
  name: "posting",
  by: ledgerPostings.no,
  id: ledgerPostings.transferId,
  direction: "asc",
  accepts: isInstant,
  acceptsId: isUuid,
};

const byPlacing: Order = {
  name: "placed",
  by: ledgerHolds.placedAt,
  id: ledgerHolds.id,
  direction: "asc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createLedgerReads(db: Database): Reads {
  return {
    async accounts(actor, { companyId, own, purpose, assetId, ...page }) {
      const wanted = allOf(
        seesAccount(actor),
        oneOf(ledgerAccounts.companyId, companyId),
        own === true ? isNull(ledgerAccounts.companyId) : undefined,
        oneOf(ledgerAccounts.purpose, purpose),
        oneOf(ledgerAccounts.assetId, assetId),
      );
      return await pageFrom(page, {
        order: byPurpose,
        rows: ({ after, orderBy, limit }) =>
          accountsOf(db)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ account }) => [account.purpose, account.id],
        entryOf: accountOf,
      });
    },

    async findAccount(actor, accountId) {
      if (!isUuid(accountId)) return undefined;
      return await accountIn(db, allOf(seesAccount(actor), eq(ledgerAccounts.id, accountId)));
    },

    async statement(actor, accountId, { from, until, ...page }) {
      const wanted = allOf(
        seesAccount(actor),
        isUuid(accountId) ? eq(ledgerAccounts.id, accountId) : sql`false`,
        from === undefined ? undefined : gte(ledgerOperations.at, from),
        until === undefined ? undefined : lt(ledgerOperations.at, until),
      );
      return await pageFrom(page, {
        order: byNumber,
        rows: ({ after, orderBy, limit }) =>
          postingsOf(db)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ no, transferId }) => [no, transferId],
        // Only these two kinds of operations post anything.
        entryOf: ({ kind, ...entry }) => ({ ...entry, kind: kind === "reversal" ? kind : "transfer" }),
      });
    },

    async holds(actor, accountId, { status, ...page }) {
      const wanted = allOf(
        seesAccount(actor),
        isUuid(accountId) ? eq(ledgerAccounts.id, accountId) : sql`false`,
        oneOf(ledgerHolds.status, status),
      );
      return await pageFrom(page, {
        order: byPlacing,
        rows: ({ after, orderBy, limit }) =>
          holdsOf(db)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ hold }) => [hold.placedAt, hold.id],
        entryOf: ({ hold: { id, marketplaceId: _, ...hold }, reference }) => ({ holdId: id, ...hold, reference }),
      });
    },
  };
}

/** The company's own, and all of a marketplace for its staff. */
function seesAccount(actor: Actor): SQL {
  return allOf(inMarketplace(actor, ledgerAccounts.marketplaceId), ofCompanyOrStaff(actor, ledgerAccounts.companyId));
}

const ofAccount = eq(ledgerPostings.accountId, ledgerAccounts.id);
const itsAsset = and(
  eq(ledgerAssets.marketplaceId, ledgerAccounts.marketplaceId),
  eq(ledgerAssets.id, ledgerAccounts.assetId),
);

function accountsOf(db: Database) {
  return db
    .select({ account: ledgerAccounts, asset: ledgerAssets })
    .from(ledgerAccounts)
    .innerJoin(ledgerAssets, itsAsset)
    .$dynamic();
}

function postingsOf(db: Database) {
  return db
    .select({
      accountId: ledgerPostings.accountId,
      no: ledgerPostings.no,
      transferId: ledgerPostings.transferId,
      amount: ledgerPostings.amount,
      balance: ledgerPostings.balance,
      kind: ledgerOperations.kind,
      reference: ledgerOperations.reference,
      at: ledgerOperations.at,
      reverses: ledgerReversals.transferId,
    })
    .from(ledgerPostings)
    .innerJoin(ledgerAccounts, ofAccount)
    .innerJoin(ledgerOperations, eq(ledgerOperations.id, ledgerPostings.transferId))
    .leftJoin(ledgerReversals, eq(ledgerReversals.reversalId, ledgerPostings.transferId))
    .$dynamic();
}

function holdsOf(db: Database) {
  return db
    .select({ hold: ledgerHolds, reference: ledgerOperations.reference })
    .from(ledgerHolds)
    .innerJoin(ledgerAccounts, eq(ledgerHolds.accountId, ledgerAccounts.id))
    .innerJoin(ledgerOperations, eq(ledgerOperations.id, ledgerHolds.id))
    .$dynamic();
}

/** The one account that a condition finds, without asking who may see it. */
export async function accountIn(db: Database, condition: SQL): Promise<LedgerAccount | undefined> {
  const [row] = await accountsOf(db).where(condition);
  return row && accountOf(row);
}

type AccountRow = {
  readonly account: typeof ledgerAccounts.$inferSelect;
  readonly asset: typeof ledgerAssets.$inferSelect;
};

function accountOf({ account, asset }: AccountRow): LedgerAccount {
  const { id, balance, held, assetId: _, postingCount: __, ...rest } = account;
  return { accountId: id, ...rest, asset: assetOf(asset), balance, held, available: balance - held };
}

export function assetOf(row: typeof ledgerAssets.$inferSelect): Asset {
  const { kind, grade, storageLot, place, expiresOn, ...key } = row;
  if (kind === "currency") return { ...key, kind };
  return { ...key, kind, grade: grade ?? "", storageLot: storageLot ?? "", place: place ?? "", expiresOn };
}
