import { z } from "zod";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Reason, Text, Title, UserId } from "../primitives.ts";

/*
 * People and companies as the HTTP interface shows them. Members that do not apply, or that the reader may not see,
 * are absent.
 */

/** How a company takes part in a marketplace. */
export const ParticipationSide = z.enum(["buyer", "supplier", "both"]);
export const ParticipationStatus = z.enum(["pending", "approved", "refused", "suspended"]);
/** `operator` runs the marketplace, `auditor` reads all of it and changes nothing. */
export const StaffRole = z.enum(["operator", "auditor"]);
/** A closed marketplace takes no new participants and no new tenders; what is there already, drafts too, goes on. */
export const MarketplaceStatus = z.enum(["active", "closed"]);
/** What becomes of half a smallest unit of money in amounts of the catalogue: up, or to the even neighbour. */
export const MarketplaceRounding = z.enum(["half_up", "half_even"]);

/** Name of a marketplace in an address, e.g. `metals-eu`. */
export const MarketplaceSlug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** ISO 3166-1 alpha-2 code. */
export const Country = z.string().regex(/^[A-Z]{2}$/);

export const Marketplace = z
  .object({
    marketplaceId: MarketplaceId,
    slug: MarketplaceSlug,
    name: z.string(),
    description: z.string(),
    currency: Currency.meta({ description: "Proposed for new tenders; each tender states its own." }),
    rounding: MarketplaceRounding,
    status: MarketplaceStatus,
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: "Marketplace" });

export const MarketplaceInput = z.strictObject({
  slug: MarketplaceSlug,
  name: Title.min(1),
  description: Text.default(""),
  currency: Currency,
});

/** Absent members stay. */
export const MarketplaceChanges = z.strictObject({
  name: Title.min(1).optional(),
  description: Text.optional(),
  currency: Currency.optional(),
  rounding: MarketplaceRounding.optional(),
  status: MarketplaceStatus.optional(),
});

export const CompanyProfileInput = z.strictObject({
  legalName: Title.min(1),
  country: Country,
  registrationNo: z.string().max(64).default(""),
  vatId: z.string().max(32).default(""),
  address: z.string().max(500).default(""),
});

/** What an operator verifies; other participants see name and country at most. */
export const CompanyProfile = z
  .object({ companyId: CompanyId, ...CompanyProfileInput.shape, version: z.int(), updatedAt: Instant })
  .meta({ id: "CompanyProfile" });

export const ParticipationRequest = z.strictObject({ side: ParticipationSide });
export const ParticipationDecision = z.strictObject({ reason: Reason.min(1) });

export const Participation = z
  .object({
    marketplaceId: MarketplaceId,
    companyId: CompanyId,
    companyName: z.string().optional(),
    side: ParticipationSide,
    status: ParticipationStatus,
    reason: z.string().optional(),
    requestedBy: UserId,
    requestedAt: Instant,
    decidedBy: UserId.optional().meta({ description: "Operators and auditors only." }),
    decidedAt: Instant.optional(),
    version: z.int(),
  })
  .meta({ id: "Participation" });

/** An approved company, as other participants find it when they invite. */
export const DirectoryEntry = z
  .object({ companyId: CompanyId, name: z.string(), country: Country, side: ParticipationSide })
  .meta({ id: "DirectoryEntry" });

export const StaffMember = z
  .object({ marketplaceId: MarketplaceId, userId: UserId, role: StaffRole, since: Instant, version: z.int() })
  .meta({ id: "StaffMember" });

export const ParticipationQuery = z.strictObject({
  ...pageQuery,
  status: ParticipationStatus.optional(),
  side: ParticipationSide.optional(),
  q: Title.min(1).optional().meta({ description: "Part of the company's name, in any case." }),
});
export const StaffQuery = z.strictObject(pageQuery);
export const DirectoryQuery = ParticipationQuery.omit({ status: true });
export const MarketplaceQuery = z.strictObject({
  ...pageQuery,
  q: Title.min(1).optional().meta({ description: "Part of the name, in any case." }),
});

export type ParticipationSide = z.infer<typeof ParticipationSide>;
export type ParticipationStatus = z.infer<typeof ParticipationStatus>;
export type StaffRole = z.infer<typeof StaffRole>;
export type MarketplaceStatus = z.infer<typeof MarketplaceStatus>;
export type Marketplace = z.infer<typeof Marketplace>;
export type MarketplaceInput = z.infer<typeof MarketplaceInput>;
export type MarketplaceChanges = z.infer<typeof MarketplaceChanges>;
export type CompanyProfile = z.infer<typeof CompanyProfile>;
export type CompanyProfileInput = z.infer<typeof CompanyProfileInput>;
export type Participation = z.infer<typeof Participation>;
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;
export type StaffMember = z.infer<typeof StaffMember>;
export type ParticipationQuery = z.infer<typeof ParticipationQuery>;
export type StaffQuery = z.infer<typeof StaffQuery>;
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;
export type MarketplaceQuery = z.infer<typeof MarketplaceQuery>;
