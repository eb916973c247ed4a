import { createHash } from "node:crypto";
import type { Micros } from "@kontor/kernel";
import { canonicalJson, instantOfMicros, isUuid, lastInstant, limits } from "@kontor/kernel";
import type { LedgerRefusal } from "./refusal.ts";

/** `amount` is in the asset's smallest unit: above zero into the account, below zero out of it. */
export type Leg = { readonly accountId: string; readonly amount: bigint };

type Named = {
  /** UUID in lower case, made by the client: the same operation again under its id has no second effect. */
  readonly id: string;
  /** What it is for, such as a trade or a settlement; for statements. */
  readonly reference: string;
};

/** Moves amounts between accounts, in every asset as much in as out. */
export type Transfer = Named & {
  readonly kind: "transfer";
  readonly legs: readonly Leg[];
  /** Holds that it posts: they are released, and the transfer takes from their accounts at most what they held. */
  readonly holdIds?: readonly string[];
};

/** Posts the opposite of a transfer. Holds that the transfer had posted do not come back. */
export type Reversal = Named & { readonly kind: "reversal"; readonly transferId: string };

/** Keeps an amount of an account for a transfer to come; the operation's id is the hold's. */
export type HoldPlacement = Named & {
  readonly kind: "hold";
  readonly accountId: string;
  readonly amount: bigint;
  /** From when on `expire` ends it; until then it can be posted and voided, whatever the time. */
  readonly expiresAt: Micros | null;
};

export type HoldVoid = Named & { readonly kind: "void"; readonly holdId: string };

export type Operation = Transfer | Reversal | HoldPlacement | HoldVoid;

/** What can be told wrong without asking the database. */
export function faultOf(operation: Operation): LedgerRefusal | undefined {
  if (!isUuid(operation.id)) return { code: "id_malformed", id: operation.id };
  if (!isLine(operation.reference)) return { code: "reference_malformed", max: limits.ledgerReferenceMax };
  switch (operation.kind) {
    case "transfer":
      return faultOfTransfer(operation);
    case "reversal": {
      const { transferId } = operation;
      return isUuid(transferId) ? undefined : { code: "transfer_unknown", transferId };
    }
    case "hold": {
      const { accountId, amount, expiresAt } = operation;
      if (!isUuid(accountId)) return { code: "account_unknown", accountId };
      if (amount < 0n || !isAmount(amount)) return amountInvalid;
      return expiresAt === null || isInstant(expiresAt) ? undefined : { code: "instant_invalid" };
    }
    case "void": {
      const { holdId } = operation;
      return isUuid(holdId) ? undefined : { code: "hold_unknown", holdId };
    }
  }
}

function faultOfTransfer({ legs, holdIds = [] }: Transfer): LedgerRefusal | undefined {
  if (legs.length < 2 || legs.length > limits.ledgerLegsMax)
    return { code: "leg_count_invalid", max: limits.ledgerLegsMax };
  const accounts = new Set<string>();
  for (const { accountId, amount } of legs) {
    if (!isUuid(accountId)) return { code: "account_unknown", accountId };
    if (!isAmount(amount)) return amountInvalid;
    if (accounts.has(accountId)) return { code: "leg_repeated", accountId };
    accounts.add(accountId);
  }
  const strange = holdIds.find((holdId) => !isUuid(holdId));
  if (strange !== undefined) return { code: "hold_unknown", holdId: strange };
  const repeated = holdIds.find((holdId, index) => holdIds.indexOf(holdId) !== index);
  return repeated === undefined ? undefined : { code: "hold_repeated", holdId: repeated };
}

const amountInvalid: LedgerRefusal = { code: "amount_invalid", max: limits.ledgerAmountMax };

function isAmount(amount: bigint): boolean {
  return amount !== 0n && amount <= limits.ledgerAmountMax && amount >= -limits.ledgerAmountMax;
}

/** One line of text that says something. */
export function isLine(text: string): boolean {
  return text.length > 0 && text.length <= limits.ledgerReferenceMax && !/\p{Cc}|\p{Cs}/u.test(text);
}

export function isInstant(at: Micros): boolean {
  return Number.isSafeInteger(at) && at >= 0 && at <= lastInstant;
}

/** What an actor who may not write in the operation's marketplace is told. */
export function unknownTo(operation: Operation): LedgerRefusal {
  switch (operation.kind) {
    case "transfer":
      return { code: "account_unknown", accountId: operation.legs[0]?.accountId ?? "" };
    case "reversal":
      return { code: "transfer_unknown", transferId: operation.transferId };
    case "hold":
      return { code: "account_unknown", accountId: operation.accountId };
    case "void":
      return { code: "hold_unknown", holdId: operation.holdId };
  }
}

/** As the database takes it: one spelling of one content, and its hash, by which a repetition is known. */
export function written(operation: Operation): object {
  const content = contentOf(operation);
  return { ...content, hash: createHash("sha256").update(canonicalJson(content)).digest("hex") };
}

function contentOf(operation: Operation): object {
  const { kind, id, reference } = operation;
  const named = { kind, id, reference };
  switch (operation.kind) {
    case "transfer": {
      const legs = operation.legs.map(({ accountId, amount }) => ({ accountId, amount: String(amount) }));
      legs.sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
      return { ...named, legs, holdIds: [...(operation.holdIds ?? [])].sort() };
    }
    case "reversal":
      return { ...named, transferId: operation.transferId };
    case "hold": {
      const { accountId, amount, expiresAt } = operation;
      return {
        ...named,
        accountId,
        amount: String(amount),
        expiresAt: expiresAt === null ? null : instantOfMicros(expiresAt),
      };
    }
    case "void":
      return { ...named, holdId: operation.holdId };
  }
}
