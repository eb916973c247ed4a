import type { Actor, Micros } from "@kontor/kernel";
import type { OfferStatus } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { ownCompanyOf } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import { companies } from "../schema/auth.ts";
import { agreements, priceLists } from "../schema/catalog-prices.ts";
import { marketplaces } from "../schema/marketplaces.ts";
import { pagesOfOffers } from "./exported-offers.ts";
import type { ExportedOffer } from "./exported-row.ts";
import { exportedOfferOf } from "./exported-row.ts";

/** Whose prices: those of one of the vendor's lists, or those that a customer has by an agreement; neither: none. */
export type ExportWanted = {
  readonly listId: string | null;
  readonly agreementId: string | null;
  readonly statuses: readonly OfferStatus[];
  readonly at: Micros;
};

export type CatalogueExport = {
  readonly supplier: string;
  readonly vendorId: string;
  /** Of the list, the agreement, or else the marketplace. */
  readonly currency: string;
  readonly list: { readonly priceMode: "net" | "gross" } | null;
  readonly agreement: {
    readonly agreementId: string;
    readonly buyerId: string;
    readonly divisionId: string | null;
  } | null;
  /** Offers by their numbers, each page as of one instant; to be read once. */
  readonly pages: AsyncIterable<readonly ExportedOffer[]>;
};

/** A vendor's own catalogue as a whole, for him to take along. */
export type CatalogueExportRepository = {
  /** `price_list_unknown`, `agreement_not_in_force` where they are not the actor's company's as a vendor. */
  readonly open: (actor: Actor, wanted: ExportWanted) => Promise<Answered<CatalogueExport>>;
};

export function createCatalogueExportRepository(db: Database): CatalogueExportRepository {
  return {
    async open(actor, { listId, agreementId, statuses, at }) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return refused("not_found");
      const { marketplaceId, companyId: vendorId } = own;
      const [market] = await db.select().from(marketplaces).where(eq(marketplaces.id, marketplaceId));
      const [company] = await db
        .select({ name: nameOfCompany(companies.id) })
        .from(companies)
        .where(eq(companies.id, vendorId));
      if (market === undefined || company === undefined) return refused("not_found");
      const list = listId === null ? null : await ownList(db, { marketplaceId, vendorId, listId });
      if (list === undefined) return refused("price_list_unknown", { listId, pointer: "/listId" });
      const agreement = agreementId === null ? null : await ownAgreement(db, { marketplaceId, vendorId, agreementId });
      if (agreement === undefined) return refused("agreement_not_in_force", { agreementId, pointer: "/agreementId" });
      const pages = pagesOfOffers(db, { marketplaceId, vendorId, statuses, listId, at });
      async function* exported(): AsyncGenerator<readonly ExportedOffer[]> {
        for await (const page of pages) yield page.map((parts) => exportedOfferOf(parts, at));
      }
      return answered({
        supplier: company.name ?? vendorId,
        vendorId,
        currency: list?.currency ?? agreement?.currency ?? market.currency,
        list,
        agreement,
        pages: exported(),
      });
    },
  };
}

type Own = { readonly marketplaceId: string; readonly vendorId: string };

async function ownList(db: Database, { marketplaceId, vendorId, listId }: Own & { readonly listId: string }) {
  const [list] = await db
    .select({ currency: priceLists.currency, priceMode: priceLists.priceMode })
    .from(priceLists)
    .where(
      and(eq(priceLists.id, listId), eq(priceLists.marketplaceId, marketplaceId), eq(priceLists.vendorId, vendorId)),
    );
  return list;
}

async function ownAgreement(
  db: Database,
  { marketplaceId, vendorId, agreementId }: Own & { readonly agreementId: string },
) {
  const { buyerId, divisionId, currency } = agreements;
  const [agreement] = await db
    .select({ agreementId: agreements.id, buyerId, divisionId, currency })
    .from(agreements)
    .where(
      and(
        eq(agreements.id, agreementId),
        eq(agreements.marketplaceId, marketplaceId),
        eq(agreements.vendorId, vendorId),
        sql`${agreements.status} = 'active'`,
      ),
    );
  return agreement;
}
