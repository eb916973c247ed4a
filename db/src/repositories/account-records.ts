import type { Actor } from "@kontor/kernel";
import type {
  ApiKey,
  ApiKeyQuery,
  CompanyProfile,
  CompanyProfileInput,
  DirectoryEntry,
  DirectoryQuery,
  Marketplace,
  MarketplaceChanges,
  MarketplaceInput,
  MarketplaceQuery,
  Participation,
  ParticipationQuery,
  ParticipationSide,
  ParticipationStatus,
  StaffMember,
  StaffQuery,
  StaffRole,
} from "@kontor/protocol";
import type { Listing, Query, Written } from "./listing.ts";

/**
 * The facts that an actor is made of, read before there is one. Only the system's actor gets them: give `systemActor`,
 * so that each such place shows itself. Any other actor gets nothing.
 */
export type StandingRepository = {
  readonly staffRoleOf: (
    actor: Actor,
    key: { readonly userId: string; readonly marketplaceId: string },
  ) => Promise<StaffRole | undefined>;
  readonly participationOf: (
    actor: Actor,
    key: { readonly companyId: string; readonly marketplaceId: string },
  ) => Promise<{ readonly side: ParticipationSide; readonly status: ParticipationStatus } | undefined>;
  /** Marketplaces where the user is staff. */
  readonly staffRolesOf: (
    actor: Actor,
    userId: string,
  ) => Promise<readonly { readonly marketplaceId: string; readonly role: StaffRole }[]>;
  /** Participations of the given companies in any state. */
  readonly participationsOf: (
    actor: Actor,
    companyIds: readonly string[],
  ) => Promise<
    readonly {
      readonly companyId: string;
      readonly marketplaceId: string;
      readonly side: ParticipationSide;
      readonly status: ParticipationStatus;
    }[]
  >;
  /** As far as the projections have come; a tender created a moment ago may be unknown. */
  readonly marketplaceOfTender: (actor: Actor, tenderId: string) => Promise<string | undefined>;
};

/** Marketplaces are public to everyone who is signed in; who may change them is the caller's to check. */
export type MarketplaceRepository = {
  /** By name. */
  readonly list: (query: Query<MarketplaceQuery>) => Promise<Listing<Marketplace>>;
  readonly find: (idOrSlug: string) => Promise<Marketplace | undefined>;
  /** `conflict` when the slug is taken. The id is the caller's; the same id and content again is no conflict. */
  readonly create: (marketplaceId: string, input: MarketplaceInput) => Promise<Written<Marketplace>>;
  /** Operators of this marketplace only. Without changes the version stays. */
  readonly change: (
    actor: Actor,
    changes: MarketplaceChanges,
    expectedVersion: number,
  ) => Promise<Written<Marketplace>>;
};

/** Which person of which marketplace, and which version of him the caller has read; 0 means that he is none yet. */
export type StaffKey = { readonly marketplaceId: string; readonly userId: string; readonly expectedVersion: number };

/** A marketplace's operators write its staff, and the system does for an installation's admin. */
export type StaffRepository = {
  /** Staff of one marketplace by user id, for its operators and auditors, and for the system. */
  readonly list: (
    actor: Actor,
    query: Query<StaffQuery> & { readonly marketplaceId: string },
  ) => Promise<Listing<StaffMember>>;
  /** Gives or changes a role; `conflict` when it is the last operator's. */
  readonly grant: (actor: Actor, key: StaffKey, role: StaffRole) => Promise<Written<StaffMember>>;
  /** `conflict` on the last operator of a marketplace. */
  readonly revoke: (actor: Actor, key: StaffKey) => Promise<Written<null>>;
};

/** Which participation, and which version of it the caller has read. */
export type ParticipationKey = { readonly companyId: string; readonly expectedVersion: number };

export type ParticipationRepository = {
  /** Operators and auditors: all of their marketplace. Members: their company's own in every marketplace. */
  readonly list: (actor: Actor, query: Query<ParticipationQuery>) => Promise<Listing<Participation>>;
  readonly find: (
    actor: Actor,
    key: { readonly marketplaceId: string; readonly companyId: string },
  ) => Promise<Participation | undefined>;
  /** Approved companies with a profile in the actor's marketplace, by name; for approved members and staff. */
  readonly directory: (actor: Actor, query: Query<DirectoryQuery>) => Promise<Listing<DirectoryEntry>>;
  /** One entry of that list; undefined for every company that is not on it. */
  readonly findInDirectory: (actor: Actor, companyId: string) => Promise<DirectoryEntry | undefined>;
  /**
   * Asks for participation of the actor's company, asks again after a refusal, or changes the side of a request that
   * waits; `conflict` when suspended, approved for another side, or in a closed marketplace. The same request again
   * changes nothing.
   */
  readonly request: (actor: Actor, marketplaceId: string, side: ParticipationSide) => Promise<Written<Participation>>;
  /**
   * Operators of the actor's marketplace. From pending, refused or suspended; approved already: `conflict`, unless the
   * side changes. `side` replaces the requested one.
   */
  readonly approve: (
    actor: Actor,
    key: ParticipationKey & { readonly side?: ParticipationSide | undefined },
  ) => Promise<Written<Participation>>;
  /** From pending; else `conflict`. */
  readonly refuse: (actor: Actor, key: ParticipationKey, reason: string) => Promise<Written<Participation>>;
  /** From approved; else `conflict`. */
  readonly suspend: (actor: Actor, key: ParticipationKey, reason: string) => Promise<Written<Participation>>;
};

export type CompanyRepository = {
  /** The profile of one's own company; of those that take or asked to take part, for the marketplace's staff. */
  readonly find: (actor: Actor, companyId: string) => Promise<CompanyProfile | undefined>;
  /** Writes the profile of the actor's own company. `expectedVersion` 0 means that there is none yet. */
  readonly save: (
    actor: Actor,
    profile: CompanyProfileInput,
    expectedVersion?: number,
  ) => Promise<Written<CompanyProfile>>;
  /** Names by id, of those companies whose name the actor may know; the others are absent. */
  readonly names: (actor: Actor, companyIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};

/** Keys of the member's own company; staff and the system have none. The account library makes them. */
export type ApiKeyRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<ApiKeyQuery>) => Promise<Listing<ApiKey>>;
  readonly find: (actor: Actor, keyId: string) => Promise<ApiKey | undefined>;
  /** How many have not expired. */
  readonly countValid: (actor: Actor) => Promise<number>;
  /** False when the company has no such key. */
  readonly remove: (actor: Actor, keyId: string) => Promise<boolean>;
};
