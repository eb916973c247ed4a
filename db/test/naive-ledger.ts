import type { LedgerRefusalCode, Operation } from "../src/index.ts";

/** What a posting comes to: done, or which operation was refused and why. */
export type Verdict = "done" | { readonly index: number; readonly code: LedgerRefusalCode };

type Account = { readonly asset: string; balance: bigint; held: bigint; limit: bigint | null };
type Hold = { readonly accountId: string; readonly amount: bigint; readonly expiresAt: number | null; status: string };

type Books = {
  readonly accounts: Map<string, Account>;
  readonly holds: Map<string, Hold>;
  readonly transfers: Map<string, { readonly legs: readonly (readonly [string, bigint])[]; state: string }>;
  readonly done: Map<string, string>;
};

/** Carries the code out of the depths of a refused operation. */
class Refused extends Error {
  readonly code: LedgerRefusalCode;
  constructor(code: LedgerRefusalCode) {
    super(code);
    this.code = code;
  }
}

/** The ledger's rules once more, in memory and as plainly as can be: each posting works on a copy of all the books. */
export class NaiveLedger {
  books: Books = { accounts: new Map(), holds: new Map(), transfers: new Map(), done: new Map() };

  open(id: string, asset: string, limit: bigint | null): void {
    this.books.accounts.set(id, { asset, balance: 0n, held: 0n, limit });
  }

  post(operations: readonly Operation[]): Verdict {
    const books = structuredClone(this.books);
    let index = 0;
    try {
      for (const [at, operation] of operations.entries()) {
        index = at;
        refuseUnknown(this.books, operation);
      }
      for (const [at, operation] of operations.entries()) {
        index = at;
        apply(books, operation);
      }
    } catch (error) {
      if (error instanceof Refused) return { index, code: error.code };
      throw error;
    }
    this.books = books;
    return "done";
  }

  expire(now: number): readonly string[] {
    const due = [...this.books.holds].filter(
      ([, { status, expiresAt }]) => status === "pending" && expiresAt !== null && expiresAt <= now,
    );
    for (const [, hold] of due) release(this.books, hold, "expired");
    return due.map(([id]) => id).sort();
  }

  setLimit(id: string, limit: bigint): boolean {
    const account = accountOf(this.books, id);
    if (account.balance - account.held + limit < 0n) return false;
    account.limit = limit;
    return true;
  }
}

function refuseUnknown({ holds, transfers }: Books, operation: Operation): void {
  if (operation.kind === "void" && !holds.has(operation.holdId)) throw new Refused("hold_unknown");
  if (operation.kind === "reversal" && !transfers.has(operation.transferId)) throw new Refused("transfer_unknown");
}

function apply(books: Books, operation: Operation): void {
  const content = JSON.stringify(operation, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  const known = books.done.get(operation.id);
  if (known !== undefined && known !== content) throw new Refused("id_reused");
  if (known !== undefined) return;
  books.done.set(operation.id, content);
  switch (operation.kind) {
    case "transfer": {
      const legs = operation.legs.map(({ accountId, amount }) => [accountId, amount] as const);
      move(books, { id: operation.id, legs, holdIds: operation.holdIds ?? [] });
      return;
    }
    case "reversal": {
      const former = books.transfers.get(operation.transferId);
      if (former === undefined) throw new Refused("transfer_unknown");
      if (former.state === "reversal") throw new Refused("reversal_final");
      if (former.state === "reversed") throw new Refused("transfer_reversed");
      former.state = "reversed";
      move(books, { id: operation.id, legs: former.legs.map(([id, amount]) => [id, -amount]), holdIds: [] });
      books.transfers.set(operation.id, { legs: [], state: "reversal" });
      return;
    }
    case "hold": {
      const { accountId, amount, expiresAt } = operation;
      const account = accountOf(books, accountId);
      if (below(account, -amount)) throw new Refused("insufficient_balance");
      account.held += amount;
      books.holds.set(operation.id, { accountId, amount, expiresAt, status: "pending" });
      return;
    }
    case "void": {
      const hold = books.holds.get(operation.holdId);
      if (hold?.status !== "pending") throw new Refused("hold_resolved");
      release(books, hold, "voided");
    }
  }
}

type Move = {
  readonly id: string;
  readonly legs: readonly (readonly [accountId: string, amount: bigint])[];
  readonly holdIds: readonly string[];
};

function move(books: Books, { id, legs, holdIds }: Move): void {
  const freed = new Map<string, bigint>();
  for (const holdId of [...holdIds].sort()) {
    const hold = books.holds.get(holdId);
    if (!hold || !legs.some(([accountId, amount]) => accountId === hold.accountId && amount < 0n))
      throw new Refused("hold_unknown");
    if (hold.status !== "pending") throw new Refused("hold_resolved");
    release(books, hold, "posted");
    freed.set(hold.accountId, (freed.get(hold.accountId) ?? 0n) + hold.amount);
  }
  const sums = new Map<string, bigint>();
  for (const [accountId, amount] of legs) {
    const { asset } = accountOf(books, accountId);
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  if ([...sums.values()].some((sum) => sum !== 0n)) throw new Refused("transfer_unbalanced");
  if (legs.some(([accountId, amount]) => -amount > (freed.get(accountId) ?? -amount)))
    throw new Refused("hold_exceeded");
  for (const [accountId, amount] of legs) {
    const account = accountOf(books, accountId);
    if (below(account, amount)) throw new Refused("insufficient_balance");
    account.balance += amount;
  }
  books.transfers.set(id, { legs, state: "posted" });
}

function release({ accounts }: Books, hold: Hold, status: string): void {
  const account = accounts.get(hold.accountId);
  if (account) account.held -= hold.amount;
  hold.status = status;
}

function below({ balance, held, limit }: Account, amount: bigint): boolean {
  return limit !== null && balance - held + amount + limit < 0n;
}

function accountOf({ accounts }: Books, id: string): Account {
  const account = accounts.get(id);
  if (account === undefined) throw new Refused("account_unknown");
  return account;
}
