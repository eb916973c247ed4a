import { formatDecimal } from "@kontor/kernel";
import type { LedgerAccount, Posted } from "../ledger/ledger-repository.ts";
import type { LedgerRefusal } from "../ledger/refusal.ts";
import type { Refused } from "./answered.ts";
import { refused } from "./answered.ts";

/** Decimal places of the amounts that a refusal tells; of several assets, by its account or asset. */
export type Scales = number | ReadonlyMap<string, number>;

/** Amounts of one account, which are written in the unit of its asset. */
const amounts = ["balance", "held", "available", "creditLimit", "required", "excess", "least", "max"] as const;

/** The ledger's refusal as a problem: whole numbers of the smallest unit become decimal text. */
export function problemOfRefusal(refusal: LedgerRefusal, scales: Scales): Refused {
  const { code, ...detail } = refusal;
  const members: Record<string, unknown> = detail;
  const key = String(members["accountId"] ?? members["assetId"] ?? "");
  const scale = typeof scales === "number" ? scales : (scales.get(key) ?? scales.get(String(members["assetId"])) ?? 0);
  for (const name of amounts) {
    const value = members[name];
    if (typeof value === "bigint") members[name] = formatDecimal(value, scale);
  }
  return refused(code, members);
}

/** Undefined where all was posted. */
export function problemOfPosting(posted: Posted, scales: Scales): Refused | undefined {
  return posted.ok ? undefined : problemOfRefusal(posted.refusal, scales);
}

export function scalesOf(accounts: Iterable<LedgerAccount>): ReadonlyMap<string, number> {
  return new Map([...accounts].map(({ accountId, asset }) => [accountId, asset.scale]));
}
