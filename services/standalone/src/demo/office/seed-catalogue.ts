import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import type { Selling } from "./family.ts";
import type { NumberedArticle } from "./office-articles.ts";
import { articles, families, ladderOf, vendorPartNo } from "./office-articles.ts";
import type { OfficeCast } from "./office-cast.ts";
import { officeCompanies } from "./office-companies.ts";
import { each, valueUnlessDone } from "./repeatable-client.ts";
import { attributesOf, officeScheme } from "./seed-classes.ts";

/** What is found again by the vendors' own numbers and the manufacturers'. */
export type OfficeShelf = {
  /** Of an article's offer by this vendor. */
  readonly offerId: (vendor: string, partNo: string) => string;
  readonly variantId: (partNo: string) => string;
  /** The vendor's list that everybody pays by. */
  readonly listId: (vendor: string) => string;
};

/** Products of the marketplace with their data sheets, and what the vendors offer of them. @throws ProblemError */
export async function seedCatalogue(cast: OfficeCast): Promise<OfficeShelf> {
  const { marketplaceId, operator } = cast;
  const variants = new Map<string, string>();
  await each(articles, async (one) => {
    variants.set(one.article.partNo, await seedProduct(cast, one));
  });
  // Everybody is trusted while the shelves are filled.
  valueUnlessDone(await operator.offers.saveReview(marketplaceId, { activeWithoutReview: true, vendors: [] }, 0));
  const [offers, lists] = [new Map<string, string>(), new Map<string, string>()];
  const listings: [Listing, NumberedArticle][] = [];
  for (const { key, side, people } of officeCompanies) {
    if (side !== "supplier") continue;
    const client = cast.person(people[0].email);
    const listId = await standardList(client, marketplaceId);
    lists.set(key, listId);
    for (const one of articles) {
      const selling = one.family.sellers.find(({ vendor }) => vendor === key);
      const variantId = variants.get(one.article.partNo) ?? "";
      if (selling !== undefined) listings.push([{ marketplaceId, client, selling, listId, variantId }, one]);
    }
  }
  await each(listings, async ([listing, one]) => {
    offers.set(`${listing.selling.vendor} ${one.article.partNo}`, await seedOffer(listing, one));
  });
  const known = (found: ReadonlyMap<string, string>, key: string): string => {
    const id = found.get(key);
    if (id === undefined) throw new Error(`the demonstration has no ${key}`);
    return id;
  };
  return {
    offerId: (vendor, partNo) => known(offers, `${vendor} ${partNo}`),
    variantId: (partNo) => known(variants, partNo),
    listId: (vendor) => known(lists, vendor),
  };
}

/** Answers the id of its variant. */
async function seedProduct({ marketplaceId, operator, clerk }: OfficeCast, one: NumberedArticle): Promise<string> {
  const { family, article, gtins } = one;
  const texts = (["en", "de"] as const).map((language) => {
    return { language, name: article.name[language], description: family.description[language] };
  });
  const units = family.pack === undefined ? [] : [{ unit: family.pack.unit, holds: String(family.pack.holds) }];
  const product = requireValue(
    await operator.products.create(marketplaceId, {
      brand: family.brand,
      partNo: article.partNo,
      texts,
      classes: [{ scheme: officeScheme, code: family.code, primary: true }],
      attributes: attributesOf(family, article.values),
      variants: [{ baseUnit: family.unit, units, gtins: [...gtins] }],
    }),
  );
  const key = { marketplaceId, productId: product.productId };
  if (product.status === "draft") valueUnlessDone(await clerk.products.activate({ ...key, version: product.version }));
  if (family.articles[0] === article) await addSheet(clerk, key, one);
  const [variant] = product.variants;
  return variant?.variantId ?? "";
}

/** A data sheet in words, for the first article of each family. */
async function addSheet(
  client: Kontor,
  key: { readonly marketplaceId: string; readonly productId: string },
  { family, article }: NumberedArticle,
): Promise<void> {
  const lines = attributesOf(family, article.values).map(({ attribute, value }) => `${attribute}: ${value}`);
  const content = Buffer.from([article.name.en, family.description.en, ...lines, ""].join("\n")).toString("base64");
  const title = `Data sheet ${article.partNo}`;
  valueUnlessDone(await client.products.addFile(key, { kind: "data_sheet", mediaType: "text/plain", title, content }));
}

async function standardList(client: Kontor, marketplaceId: string): Promise<string> {
  const name = "Standard";
  const known = (await client.prices.lists(marketplaceId).all()).find((list) => list.name === name);
  const list = known ?? requireValue(await client.prices.createList(marketplaceId, { name, currency: "EUR" }));
  const { listId, version, assignments } = list;
  if (assignments.length === 0) {
    const everybody = [{ target: "marketplace", targetId: marketplaceId }] as const;
    valueUnlessDone(await client.prices.assignList({ marketplaceId, listId, version }, everybody));
  }
  return listId;
}

type Listing = {
  readonly marketplaceId: string;
  readonly client: Kontor;
  readonly selling: Selling;
  readonly listId: string;
  readonly variantId: string;
};

/** An active offer with its prices and, where the vendor keeps some, its stock. */
async function seedOffer(listing: Listing, { family, article }: NumberedArticle): Promise<string> {
  const { marketplaceId, client, selling, listId, variantId } = listing;
  const { vendor, minimum = 1, multiple, leadTimeDays, byPack = false, stock } = selling;
  const offer = requireValue(
    await client.offers.create(marketplaceId, {
      variantId,
      vendorPartNo: vendorPartNo(vendor, article),
      orderUnit: byPack ? (family.pack?.unit ?? family.unit) : family.unit,
      minQuantity: String(minimum),
      ...(multiple === undefined ? {} : { multiple: String(multiple) }),
      leadTimeDays,
      deliveryTerm: "DAP",
      deliveryPlace: "Buyer's address",
    }),
  );
  const key = { marketplaceId, offerId: offer.offerId };
  if (offer.status === "draft") valueUnlessDone(await client.offers.propose({ ...key, version: offer.version }));
  requireValue(await client.prices.putLadder({ ...key, listId }, ladderOf(family, article, selling)));
  if (stock !== undefined) {
    // What is short: every seventh article has next to nothing left.
    const short = family.articles.indexOf(article) % 7 === 5;
    const onHand = String(short ? Math.min(stock, minimum) : stock);
    valueUnlessDone(await client.offers.saveStock({ ...key, place: "main" }, { onHand }));
  }
  return offer.offerId;
}

/** How many products and offers there are in the end. */
export const officeCounts = {
  products: articles.length,
  offers: families.reduce((sum, { articles: own, sellers }) => sum + own.length * sellers.length, 0),
};
