import type { CatalogPage, NumberFilter } from "@kontor/catalog";
import type { FoundProduct } from "@kontor/db";
import type { Actor } from "@kontor/kernel";
import { formatDecimal } from "@kontor/kernel";
import type { CataloguePage as Found } from "@kontor/protocol";
import { CataloguePage, CatalogueQuery, MarketplaceId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { leastShown } from "../../catalogue/least-shown.ts";
import type { FoundPage, Search } from "../../catalogue/marketplace-index.ts";
import { cursorOf, positionIn } from "../../catalogue/search-cursor.ts";
import type { CatalogueSearch } from "../../catalogue/start-search.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { foundOrRefusal } from "../answers.ts";
import { askedFacets, chosenValues, labelledFacet, partsOf } from "./facet-queries.ts";

export type CatalogueParts = Pick<Repositories, "found" | "marketplaces"> & {
  /** Null where there is none. */
  readonly search: CatalogueSearch | null;
};

/** Fewer products than this with all the words, and those with most of them count as well. */
const enough = 3;

/** Products that one may order, found by words, filters and one's own price. */
export function catalogueRoutes(app: FastifyInstance, parts: CatalogueParts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    "/v1/marketplaces/:marketplaceId/catalogue",
    {
      config: { permission: permissionOf("search_catalogue") },
      schema: {
        tags: ["catalogue"],
        operationId: "search_catalogue",
        summary: "Products that one may order, with counts by facet and one's own prices",
        params: z.strictObject({ marketplaceId: MarketplaceId }),
        querystring: CatalogueQuery,
        response: { 200: CataloguePage },
      },
    },
    async ({ actor, params: { marketplaceId }, query }): Promise<Found> => {
      const searcher = await searcherOf(parts, actor, query.divisionId);
      if (parts.search === null) throw new Refusal("unavailable", { retryAfterMs: 60_000 });
      const found = foundOrRefusal(await parts.search.find({ marketplaceId, searcher, search: searchOf(query) }));
      const { page, languages } = found;
      const { currency } = foundOrRefusal(await parts.marketplaces.find(marketplaceId));
      const offerIds = page.hits.map(({ offerId }) => offerId);
      const shown = await parts.found.show(actor, { offerIds, languages });
      return {
        marketplaceId,
        total: page.total,
        coverage: page.coverage,
        data: page.hits.flatMap((hit) => hitOf(hit, shown.get(hit.productId), { currency, least: found.least })),
        facets: await Promise.all(page.facets.map((facet) => labelledFacet(parts.found, actor, { facet, languages }))),
        next: page.next === null ? null : cursorOf(page.next, query.sort),
      };
    },
  );
}

/** Staff looks as whoever buys for nobody. */
async function searcherOf({ found }: CatalogueParts, actor: Actor, divisionId: string | undefined) {
  if (actor.companyId === null) return null;
  if (divisionId !== undefined && !(await found.ownsDivision(actor, divisionId))) throw new Refusal("not_found");
  return { companyId: actor.companyId, divisionId: divisionId ?? null };
}

function searchOf(query: CatalogueQuery): Search {
  const { q, language, unfinished, where = [], range = [], facet = [], under = [], top, sort, limit, cursor } = query;
  const after = cursor === undefined ? null : positionIn(cursor, sort);
  if (after === undefined) throw new Refusal("cursor_malformed");
  return {
    text: q,
    language: language ?? null,
    unfinished,
    values: chosenValues(where),
    numbers: range.map(numbersOf),
    facets: askedFacets({ facet, under, top }),
    sort,
    limit,
    after,
    enough,
  };
}

/** Prices are compared in millionths, days and attributes as they are. */
function numbersOf(choice: string): NumberFilter {
  const [facet, range] = partsOf(choice);
  const [from = "", to = ""] = range.split("..");
  const factor = facet === "price" ? 1_000_000 : 1;
  const bound = (text: string): number | null => (text === "" ? null : Math.round(Number(text) * factor * 1e6) / 1e6);
  return { facet, from: bound(from), to: bound(to) };
}

type Buying = Pick<FoundPage, "least"> & { readonly currency: string };

function hitOf(hit: CatalogPage["hits"][number], product: FoundProduct | undefined, { currency, least }: Buying) {
  // Gone since the index heard of it last.
  if (product === undefined) return [];
  const { productId, name, brand, partNo, pictureId, pictureUrl, vendorId, baseUnit } = product;
  const { offerId, offerCount, fromPrice } = hit;
  const agreed = least.get(offerId);
  const sold = agreed === undefined ? leastShown(product) : agreed;
  return {
    ...{ productId, name, vendorId, offerId, offers: offerCount },
    ...(brand === null ? {} : { brand }),
    ...(partNo === null ? {} : { partNo }),
    ...(pictureId === null ? {} : { pictureId }),
    ...(pictureUrl === null ? {} : { pictureUrl }),
    ...(sold === null ? {} : { least: { quantity: trimmed(formatDecimal(sold.quantity, 6)), unit: sold.unit } }),
    ...(fromPrice === null ? {} : { from: { price: formatDecimal(BigInt(fromPrice), 6), currency, unit: baseUnit } }),
  };
}

const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
