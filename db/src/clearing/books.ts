import type { Actor, Micros } from "@kontor/kernel";
import { lastInstant, microsOfInstant } from "@kontor/kernel";
import type {
  AccountRecord,
  AssetInput,
  AssetQuery,
  AssetRecord,
  HoldQuery,
  HoldRecord,
  LedgerAccountQuery,
  PostingQuery,
  PostingRecord,
} from "@kontor/protocol";
import type { Database } from "../connect.ts";
import { createLedgerRepository } from "../ledger/create-ledger.ts";
import type { LedgerAccount } from "../ledger/ledger-repository.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";
import { assetOfInput, assetsIn } from "./assets.ts";
import { tradingIn } from "./clearing-accounts.ts";
import { amountIn } from "./ledger-amounts.ts";
import { problemOfRefusal } from "./ledger-problems.ts";
import { accountRecordOf, assetRecordOf, holdRecordOf, postingRecordOf } from "./ledger-records.ts";

/**
 * The books of the actor's marketplace: a company sees its own accounts, staff all of them. Undefined, and an empty
 * list, where the actor may not see an account.
 */
export type BooksRepository = {
  /** The same asset again changes nothing; `id_reused` for another one of this id. */
  readonly registerAsset: (actor: Actor, input: AssetInput) => Promise<Answered<AssetRecord>>;
  readonly assets: (actor: Actor, query: Query<AssetQuery>) => Promise<Listing<AssetRecord>>;
  readonly accounts: (actor: Actor, query: Query<LedgerAccountQuery>) => Promise<Listing<AccountRecord>>;
  readonly account: (actor: Actor, accountId: string) => Promise<AccountRecord | undefined>;
  readonly setCreditLimit: (actor: Actor, accountId: string, creditLimit: string) => Promise<Answered<AccountRecord>>;
  readonly postings: (
    actor: Actor,
    accountId: string,
    query: Query<PostingQuery>,
  ) => Promise<Listing<PostingRecord> | undefined>;
  readonly holds: (
    actor: Actor,
    accountId: string,
    query: Query<HoldQuery>,
  ) => Promise<Listing<HoldRecord> | undefined>;
};

export function createBooksRepository(db: Database): BooksRepository {
  const ledger = createLedgerRepository(db);

  /** `entriesOf` an account that the actor sees, as records. */
  async function listed<Entry, Record>(
    account: LedgerAccount | undefined,
    entriesOf: (account: LedgerAccount) => Promise<Listing<Entry>>,
    recordOf: (entry: Entry, asset: LedgerAccount["asset"]) => Record,
  ): Promise<Listing<Record> | undefined> {
    if (account === undefined) return undefined;
    const found = await entriesOf(account);
    return found.ok ? { ...found, data: found.data.map((entry) => recordOf(entry, account.asset)) } : found;
  }

  return {
    async registerAsset(actor, input) {
      const kept = await ledger.createAsset(actor, assetOfInput(actor.marketplaceId ?? "", input));
      return kept.ok ? answered(assetRecordOf(kept.value)) : problemOfRefusal(kept.refusal, 0);
    },

    assets: (actor, query) => assetsIn(db, actor, query),

    async accounts(actor, { instrumentId, purpose, ...query }) {
      const wanted = instrumentId === undefined ? purpose : tradingIn(instrumentId);
      const found = await ledger.accounts(actor, { ...query, purpose: wanted });
      return found.ok ? { ...found, data: found.data.map(accountRecordOf) } : found;
    },

    async account(actor, accountId) {
      const found = await ledger.findAccount(actor, accountId);
      return found && accountRecordOf(found);
    },

    async setCreditLimit(actor, accountId, creditLimit) {
      const account = await ledger.findAccount(actor, accountId);
      if (account === undefined) return refused("account_unknown", { accountId });
      const { scale } = account.asset;
      const limit = amountIn(creditLimit, scale, { zero: true });
      if (!limit.ok) return limit;
      const kept = await ledger.setCreditLimit(actor, accountId, limit.value);
      return kept.ok ? answered(accountRecordOf(kept.value)) : problemOfRefusal(kept.refusal, scale);
    },

    postings: async (actor, accountId, { from, until, ...page }) =>
      listed(
        await ledger.findAccount(actor, accountId),
        () => ledger.statement(actor, accountId, { ...page, from: bound(from, lastInstant), until: bound(until, 0) }),
        postingRecordOf,
      ),

    holds: async (actor, accountId, query) =>
      listed(await ledger.findAccount(actor, accountId), () => ledger.holds(actor, accountId, query), holdRecordOf),
  };
}

/** An instant that there is not, such as a 30 February, bounds everything out. */
function bound(text: string | undefined, nothing: Micros): Micros | undefined {
  return text === undefined ? undefined : (microsOfInstant(text) ?? nothing);
}
