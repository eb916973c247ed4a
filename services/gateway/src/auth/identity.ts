import type { CompanyRole, ParticipationSide, ParticipationStatus, StaffRole } from "@kontor/protocol";

/** A company's standing in one marketplace. */
export type Standing = { readonly side: ParticipationSide; readonly status: ParticipationStatus };

/** One company that a user may act for. */
export type Membership = {
  readonly companyId: string;
  readonly companyName: string;
  readonly roles: readonly CompanyRole[];
  /** By marketplace, in any state. */
  readonly standings: ReadonlyMap<string, Standing>;
};

/** Who calls, as a session or an API key shows, with everything his permissions follow from. */
export type Identity = {
  readonly kind: "session" | "key";
  /** Of the session or the key. */
  readonly id: string;
  readonly userId: string;
  /** The session's company or the key's, one of the memberships; null when the user must choose. */
  readonly companyId: string | null;
  /** By company; a key has one. */
  readonly memberships: ReadonlyMap<string, Membership>;
  /** By marketplace; keys act for companies and have none. */
  readonly staffRoles: ReadonlyMap<string, StaffRole>;
  readonly installationAdmin: boolean;
  /** UTC milliseconds; the session or key is worth nothing after. */
  readonly expiresAtMs: number;
};
