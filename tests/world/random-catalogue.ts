import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";
import type { Company, Person } from "./people.ts";

export type Catalogue = { readonly marketplaceId: string; readonly vendor: Company; readonly operator: Person };

const words = [
  "Drill",
  '3/8" bit',
  "Öl & Fett",
  "<tag>",
  "Winkel 90°",
  "日本",
  "it's",
  "a\\b",
  "Ø 12",
  "x".repeat(120),
];
const units = ["XBX", "XPK", "SET", "XRO"] as const;
const terms = ["DAP", "EXW", "FCA"] as const;

/** Offers that a vendor lists and the operator lets in, with all that a product may say, and their prices in one list. */
export async function listRandomCatalogue(
  { marketplaceId, vendor, operator }: Catalogue,
  random: Random,
  size: number,
): Promise<{ readonly listId: string; readonly offerIds: readonly string[] }> {
  const { client } = vendor.boss;
  const { listId } = requireValue(
    await client.prices.createList(marketplaceId, { name: "Taken along", currency: "EUR" }),
  );
  const offerIds: string[] = [];
  for (let at = 0; at < size; at += 1) {
    const { offerId, orderUnit } = await listOne(
      client,
      { marketplaceId, number: `${random.below(1e6)}-${at}` },
      random,
    );
    const key = { marketplaceId, offerId };
    requireValue(await client.offers.propose({ ...key, version: 1 }));
    requireValue(await operator.client.offers.approve({ ...key, version: 2 }));
    requireValue(await client.prices.putLadder({ marketplaceId, listId, offerId }, ladder(random, orderUnit)));
    offerIds.push(offerId);
  }
  return { listId, offerIds };
}

type Place = { readonly marketplaceId: string; readonly number: string };

async function listOne(client: Kontor, { marketplaceId, number }: Place, random: Random) {
  const text = (): string => `${random.pick(words)} ${random.pick(words)} ${number}`.trim();
  const texts = ["en", "de", "fr"].slice(0, random.between(1, 3)).map((language) => ({
    language,
    name: text().slice(0, 140).trim(),
    ...(random.chance(50) && { description: `${text()}\n${text()}` }),
    ...(random.chance(50) && { keywords: [`k ${number}`, random.pick(words).slice(0, 40)] }),
  }));
  const packed = random.pick(units);
  const boxed = random.chance(60);
  const variant = {
    baseUnit: "C62",
    ...(boxed && { units: [{ unit: packed, num: String(random.between(2, 500)), den: "1" }] }),
  };
  const named = random.chance(70) ? { brand: `Maker ${random.below(5)}`, partNo: `M-${number}` } : {};
  const product = requireValue(await client.products.create(marketplaceId, { ...named, texts, variants: [variant] }));
  const { productId, variants } = product;
  requireValue(await client.products.activate({ marketplaceId, productId, version: 1 }));
  if (random.chance(30)) {
    const url = `https://files.example/${number}.pdf`;
    const file = { kind: "data_sheet", mediaType: "application/pdf", title: text().slice(0, 100), url } as const;
    requireValue(await client.products.addFile({ marketplaceId, productId }, file));
  }
  const multiple = random.between(1, 9);
  return requireValue(
    await client.offers.create(marketplaceId, {
      variantId: variants[0]?.variantId ?? "",
      vendorPartNo: `V ${number}`,
      orderUnit: boxed && random.chance(60) ? packed : "C62",
      minQuantity: String(multiple * random.between(1, 4)),
      ...(random.chance(50) && { multiple: String(multiple) }),
      ...(random.chance(30) && { maxQuantity: String(multiple * 100) }),
      ...(random.chance(50) && { leadTimeDays: random.below(60) }),
      ...(random.chance(30) && { deliveryTerm: random.pick(terms), deliveryPlace: `Gate ${number}` }),
      condition: random.pick(["new", "used", "refurbished"] as const),
    }),
  );
}

/** One to four rungs that fall, some of them for a hundred; a few offers have none. */
function ladder(random: Random, unit: string) {
  const priceBaseQuantity = random.pick(["1", "100"]);
  const first = random.between(1_000, 900_000);
  return Array.from({ length: random.below(5) }, (_, rung) => ({
    unit,
    minQuantity: String(1 + rung * 25),
    priceBaseQuantity,
    price: ((first - rung * 7) / 1_000).toFixed(3),
  }));
}
