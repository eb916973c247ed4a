import type { LedgerRefusalCode } from "@kontor/protocol";

export type { LedgerRefusalCode } from "@kontor/protocol";

/** What the ledger tells with each of its codes; amounts are in the asset's smallest unit. */
type Details = {
  /** More or fewer operations in one posting than allowed, or none. */
  batch_size_invalid: { readonly max: number };
  id_malformed: { readonly id: string };
  /** Empty, too long, or with control characters. */
  reference_malformed: { readonly max: number };
  instant_invalid: object;
  amount_invalid: { readonly max: bigint };
  /** A transfer needs two legs at least. */
  leg_count_invalid: { readonly max: number };
  /** An account stands in two legs of one transfer, or a hold twice in its list. */
  leg_repeated: { readonly accountId: string };
  hold_repeated: { readonly holdId: string };
  asset_malformed: object;
  asset_unknown: { readonly assetId: string };
  /** The account does not exist, or is of no marketplace that the actor may write in. */
  account_unknown: { readonly accountId: string };
  purpose_malformed: { readonly max: number };
  /** Owner, purpose and asset have this account already. */
  account_exists: { readonly accountId: string };
  account_closed: { readonly accountId: string };
  account_not_empty: { readonly balance: bigint; readonly held: bigint };
  /** The limit is below what the account uses of it. */
  credit_limit_in_use: { readonly least: bigint };
  /** The id belongs to another operation, account or asset. */
  id_reused: { readonly id: string };
  /** The accounts of one operation belong to different marketplaces. */
  marketplace_mixed: object;
  /** The legs in this asset sum to `excess`, which is not zero. */
  transfer_unbalanced: { readonly assetId: string; readonly excess: bigint };
  /** `available` is the balance less pending holds, but for those that the transfer itself posts. */
  insufficient_balance: {
    readonly accountId: string;
    readonly assetId: string;
    readonly available: bigint;
    readonly creditLimit: bigint;
    readonly required: bigint;
  };
  balance_out_of_range: { readonly accountId: string };
  /** There is no such hold, or the transfer takes nothing from its account. */
  hold_unknown: { readonly holdId: string };
  hold_resolved: { readonly holdId: string; readonly status: "posted" | "voided" | "expired" };
  /** The transfer takes more from the account than its holds there keep. */
  hold_exceeded: { readonly accountId: string; readonly held: bigint; readonly required: bigint };
  transfer_unknown: { readonly transferId: string };
  transfer_reversed: { readonly transferId: string; readonly reversalId: string };
  /** A reversal is not reversed; what it undid is done again by a new transfer. */
  reversal_final: { readonly transferId: string };
};

export type LedgerRefusal = {
  [Code in LedgerRefusalCode]: { readonly code: Code } & Readonly<Details[Code]>;
}[LedgerRefusalCode];

const amounts = new Set(["excess", "available", "creditLimit", "required", "held"]);

/** The refusal as the database wrote it, with its amounts as numbers again. */
export function refusalFrom(code: string, detail: Readonly<Record<string, unknown>>): LedgerRefusal {
  const members = Object.entries(detail).map(([name, value]) => [
    name,
    amounts.has(name) && typeof value === "string" ? BigInt(value) : value,
  ]);
  return { code, ...Object.fromEntries(members) } as LedgerRefusal;
}
