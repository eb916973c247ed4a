import { limits } from "@kontor/kernel";
import type { Database } from "../connect.ts";
import { closeAccountIn, createAssetIn, openAccountIn, setCreditLimitIn } from "./accounts.ts";
import { auditIn } from "./audit.ts";
import type { LedgerRepository } from "./ledger-repository.ts";
import { expireHoldsIn, postTo } from "./posting.ts";
import { createLedgerReads } from "./reads.ts";

export function createLedgerRepository(db: Database): LedgerRepository {
  return {
    createAsset: (actor, asset) => createAssetIn(db, actor, asset),
    openAccount: (actor, opening) => openAccountIn(db, actor, opening),
    setCreditLimit: (actor, accountId, creditLimit) => setCreditLimitIn(db, actor, { accountId, creditLimit }),
    closeAccount: (actor, accountId, at) => closeAccountIn(db, actor, { accountId, at }),
    post: (actor, operations, at) => postTo(db, { actor, operations, at }),
    expireHolds: (actor, now, limit = limits.ledgerOperationsMax) => expireHoldsIn(db, { actor, now, limit }),
    ...createLedgerReads(db),
    audit: (actor) => auditIn(db, actor),
  };
}
