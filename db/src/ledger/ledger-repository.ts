import type { Actor, Micros } from "@kontor/kernel";
import type { Listing } from "../repositories/listing.ts";
import type { Operation } from "./operation.ts";
import type { LedgerRefusal } from "./refusal.ts";

/*
 * The books of each marketplace: accounts by owner, purpose and asset. Money and goods are moved by transfers, which are
 * zero-sum in every asset and never changed. Amounts are whole numbers of the asset's smallest unit.
 *
 * Operators write in their marketplace, the system in all. To everyone else, and for accounts of elsewhere, what is asked
 * for is unknown.
 */

type AssetKey = {
  readonly marketplaceId: string;
  readonly id: string;
  /** Decimal places of the written unit: 1250 at scale 2 is 12.50. From 0 to 12. */
  readonly scale: number;
  /** Of the written amount: the currency's ISO 4217 code, a good's unit by UN/ECE Recommendation 20. */
  readonly unit: string;
};

export type Asset =
  | (AssetKey & { readonly kind: "currency" })
  /** Goods in a warehouse that receipts stand for. Receipts that differ in one member are different assets. */
  | (AssetKey & {
      readonly kind: "good";
      readonly grade: string;
      readonly storageLot: string;
      readonly place: string;
      /** ISO date of the last day on which the warehouse delivers; null without end. */
      readonly expiresOn: string | null;
    });

export type AccountOpening = {
  /** UUID in lower case, made by the client. */
  readonly id: string;
  readonly marketplaceId: string;
  /** Null for an account of the marketplace's own, such as clearing, fees, or the world outside. */
  readonly companyId: string | null;
  /** Such as `available` or `settlement`; one account per owner, purpose and asset. */
  readonly purpose: string;
  readonly assetId: string;
  /** How far below zero the balance less pending holds may go; null without limit. */
  readonly creditLimit: bigint | null;
  readonly at: Micros;
};

export type LedgerAccount = Omit<AccountOpening, "id" | "assetId" | "at"> & {
  readonly accountId: string;
  readonly asset: Asset;
  readonly balance: bigint;
  /** What pending holds keep. */
  readonly held: bigint;
  /** `balance` less `held`. */
  readonly available: bigint;
  readonly openedAt: Micros;
  readonly closedAt: Micros | null;
};

export type LedgerPosting = {
  readonly accountId: string;
  /** Counts the account's postings from 1. */
  readonly no: number;
  readonly amount: bigint;
  /** Of the account, after the posting. */
  readonly balance: bigint;
};

/** An operation that is done. Holds and voids post nothing. */
export type Applied = { readonly id: string; readonly at: Micros; readonly postings: readonly LedgerPosting[] };

export type Posted =
  /** In the order of the operations, each as it was answered first. */
  | { readonly ok: true; readonly applied: readonly Applied[] }
  /** Nothing was done. `index` is the refused operation's, from 0. */
  | { readonly ok: false; readonly index: number; readonly refusal: LedgerRefusal };

export type Kept<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: LedgerRefusal };

export type StatementEntry = LedgerPosting & {
  readonly transferId: string;
  readonly kind: "transfer" | "reversal";
  readonly reference: string;
  readonly at: Micros;
  /** The transfer that this one undoes; null unless it is a reversal. */
  readonly reverses: string | null;
};

export type HoldStatus = "pending" | "posted" | "voided" | "expired";

export type Hold = {
  readonly holdId: string;
  readonly accountId: string;
  readonly amount: bigint;
  readonly reference: string;
  readonly placedAt: Micros;
  readonly expiresAt: Micros | null;
  readonly status: HoldStatus;
  /** The transfer that posted it or the operation that voided it. */
  readonly resolvedBy: string | null;
  readonly resolvedAt: Micros | null;
};

/** A place where the books contradict themselves: a reason to stop settling until it is understood. */
export type LedgerBreach = {
  readonly kind: "transfer_unbalanced" | "asset_unbalanced" | "balance_wrong" | "held_wrong" | "limit_passed";
  /** Of the transfer, the asset or the account. */
  readonly id: string;
};

type Page = { readonly limit?: number | undefined; readonly cursor?: string | undefined };

export type AccountQuery = Page & {
  readonly companyId?: string | undefined;
  /** The marketplace's own accounts only. */
  readonly own?: boolean | undefined;
  readonly purpose?: string | undefined;
  readonly assetId?: string | undefined;
};

/** A connection that is lost makes a write reject; the same call again tells, or does, what it should have done. */
export type LedgerRepository = {
  readonly createAsset: (actor: Actor, asset: Asset) => Promise<Kept<Asset>>;
  /** The credit limit is that of the first opening, or what was set since. */
  readonly openAccount: (actor: Actor, opening: AccountOpening) => Promise<Kept<LedgerAccount>>;
  readonly setCreditLimit: (
    actor: Actor,
    accountId: string,
    creditLimit: bigint | null,
  ) => Promise<Kept<LedgerAccount>>;
  /** Of an account with nothing in it, for good. */
  readonly closeAccount: (actor: Actor, accountId: string, at: Micros) => Promise<Kept<LedgerAccount>>;
  /**
   * Does all of the operations, in their order, or none: so money and goods change hands together. An operation whose id
   * is known is not done again. A hold or transfer cannot be resolved or reversed in the posting that makes it.
   */
  readonly post: (actor: Actor, operations: readonly Operation[], at: Micros) => Promise<Posted>;
  /** Ends pending holds that are due at `now`, oldest first, `limit` at most; their ids. Nothing else ends them by time. */
  readonly expireHolds: (actor: Actor, now: Micros, limit?: number) => Promise<readonly string[]>;

  /** One's own company's accounts; all of the marketplace for its staff. By purpose. */
  readonly accounts: (actor: Actor, query: AccountQuery) => Promise<Listing<LedgerAccount>>;
  readonly findAccount: (actor: Actor, accountId: string) => Promise<LedgerAccount | undefined>;
  /** Postings in their order, those in [from, until) if given. Empty where the actor may not see the account. */
  readonly statement: (
    actor: Actor,
    accountId: string,
    query: Page & { readonly from?: Micros | undefined; readonly until?: Micros | undefined },
  ) => Promise<Listing<StatementEntry>>;
  /** By the time they were placed. */
  readonly holds: (
    actor: Actor,
    accountId: string,
    query: Page & { readonly status?: HoldStatus | undefined },
  ) => Promise<Listing<Hold>>;
  /** Compares what is kept with what was posted, as far as the actor's marketplace goes; staff and the system only. */
  readonly audit: (actor: Actor) => Promise<readonly LedgerBreach[]>;
};
