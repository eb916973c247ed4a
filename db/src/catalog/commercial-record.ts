import type { Database } from "../connect.ts";
import { catalogRecord } from "../schema/catalog-offers.ts";

type Members = Readonly<Record<string, unknown>>;

export type CommercialChange = {
  readonly subject: "price_list" | "agreement";
  readonly subjectId: string;
  readonly marketplaceId: string;
  /** Whose document it is; null for the marketplace's. */
  readonly companyId: string | null;
  readonly action: string;
  readonly before: Members;
  readonly after: Members;
  readonly reason?: string | undefined;
  readonly by: string;
  readonly versionAfter: number;
};

/** Puts down what changed, in the transaction that changes it: of both documents only the members that differ. */
export async function recordChange(
  tx: Database,
  { before, after, reason, ...change }: CommercialChange,
): Promise<void> {
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (members: Members): Members =>
    Object.fromEntries(differing.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])));
  await tx
    .insert(catalogRecord)
    .values({ ...change, before: only(before), after: only(after), reason: reason ?? null });
}
