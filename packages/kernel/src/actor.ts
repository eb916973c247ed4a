/**
 * Who acts, as the shell established it: journaled with every command and required by every read of tenant data.
 *
 * `member`    a user acting for a company that the marketplace's operator has approved
 * `operator`  runs the marketplace; `auditor` may read all of it and change nothing
 * `system`    the host itself: timers, outage reports
 * Roles inside a company are the gateway's concern and do not reach engines or repositories.
 */
export type Actor = {
  readonly kind: "member" | "operator" | "auditor" | "system";
  readonly userId: string;
  /** Null unless `kind` is member. */
  readonly companyId: string | null;
  /** The marketplace acted in; null only for system and for reads that belong to no marketplace. */
  readonly marketplaceId: string | null;
};

export const systemActor: Actor = { kind: "system", userId: "system", companyId: null, marketplaceId: null };
