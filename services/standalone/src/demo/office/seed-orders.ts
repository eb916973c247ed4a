import type { PurchaseOrderSummary } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { demoId } from "../demo-id.ts";
import type { OfficeCast } from "./office-cast.ts";
import { officeCompany, officePerson } from "./office-companies.ts";
import type { BuyerPlace } from "./seed-buyers.ts";
import type { OfficeShelf } from "./seed-catalogue.ts";

/** The list that is written last: where it is, everything else is. */
export const lastWritten = "Workshop, every month";

type Scene = {
  readonly cast: OfficeCast;
  readonly shelf: OfficeShelf;
  readonly places: ReadonlyMap<string, BuyerPlace>;
};
type Lines = readonly (readonly [vendor: string, partNo: string, quantity: string])[];

/**
 * An order that its vendor has confirmed, one for which he proposes another day, one that waits for approval, a request
 * with two quotes, an offer to review and a requisition list. @throws ProblemError
 */
export async function seedOrders(scene: Scene): Promise<void> {
  const { cast } = scene;
  const { marketplaceId } = cast;
  const vendor = (key: string): Kontor => cast.person(officeCompany(key).people[0].email);
  const confirmed = await ordered(scene, "FA-2601", [
    ["schraubwerk", "NH-HX-8-40", "200"],
    ["schraubwerk", "NH-HX-10-60", "100"],
    ["schraubwerk", "NH-WP-8", "300"],
  ]);
  const { orders } = vendor("schraubwerk").buying;
  if (confirmed.state === "placed") {
    requireValue(await orders.answer({ marketplaceId, orderId: confirmed.orderId }, { lines: [] }));
  }
  const proposed = await ordered(scene, "FA-2602", [
    ["papierhof", "LP-A4-80-W", "40"],
    ["papierhof", "LP-LA-80-BLU", "20"],
  ]);
  if (proposed.state === "placed") {
    const reason = "The blue ones come with the next delivery.";
    const later = { lineNo: 2, answer: "propose", deliverOn: dayIn(14), reason } as const;
    const key = { marketplaceId, orderId: proposed.orderId };
    requireValue(await vendor("papierhof").buying.orders.answer(key, { lines: [later] }));
  }
  await ordered(scene, "FA-2603", [
    ["ostersand", "OS-RM-13", "20"],
    ["ostersand", "OS-TD-5", "60"],
    ["ostersand", "AV-EA-27", "6"],
  ]);
  await seedQuotes(scene);
  await seedReview(scene);
  const { requisitionLists } = cast.person(officePerson("feldmark", "Timo").email).buying;
  const lines = (
    [
      ["ostersand", "OS-TD-33", "20"],
      ["ostersand", "KE-MO-04", "2"],
      ["schraubwerk", "NH-HX-8-20", "100"],
      ["bretagne", "AV-GL-N-9", "24"],
    ] as const
  ).map(([key, partNo, quantity]) => ({ offerId: scene.shelf.offerId(key, partNo), quantity }));
  requireValue(await requisitionLists.create(marketplaceId, { name: lastWritten, shared: true, lines }));
}

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const instantIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** One checkout of the buyer's, found again by his number. */
async function ordered({ cast, shelf, places }: Scene, number: string, lines: Lines): Promise<PurchaseOrderSummary> {
  const { marketplaceId } = cast;
  const { cart, orders } = cast.person(officePerson("feldmark", "Timo").email).buying;
  const known = (await orders.list(marketplaceId).all()).find(({ buyerNumber }) => buyerNumber === number);
  if (known !== undefined) return known;
  const { divisionId = "", costCenterId = "" } = places.get("feldmark") ?? {};
  const key = { marketplaceId, divisionId };
  const there = requireValue(await cart.read(key)).lines.map(({ offerId }) => offerId);
  for (const [vendor, partNo, quantity] of lines) {
    const offerId = shelf.offerId(vendor, partNo);
    if (!there.includes(offerId)) requireValue(await cart.add(key, { offerId, quantity, costCenterId }));
  }
  const { version } = requireValue(await cart.read(key));
  const checkoutId = demoId(marketplaceId, number);
  const checkout = { checkoutId, divisionId, buyerNumber: number, note: "", consents: [] };
  const done = requireValue(await cart.checkOut(marketplaceId, checkout, version));
  const [order] = done.orders;
  if (order === undefined) throw new Error(`${number} came to no order`);
  return order;
}

/** The Danish buyer asks two vendors for gloves and drills; both have answered. */
async function seedQuotes({ cast, shelf, places }: Scene): Promise<void> {
  const { marketplaceId } = cast;
  const { quotes } = cast.person(officePerson("havnegade", "Ida").email);
  const title = "Gloves and spectacles for the summer site";
  const wanted = [
    ["AV-GL-N-10", "480", "PR", "2.60"],
    ["AV-EY-10", "60", "H87", "5.80"],
  ] as const;
  const known = (await quotes.requests(marketplaceId).all()).find((one) => one.title === title);
  const asked =
    known ??
    requireValue(
      await quotes.ask(marketplaceId, {
        title,
        currency: "EUR",
        dueAt: instantIn(20),
        divisionId: places.get("havnegade")?.divisionId ?? "",
        vendorIds: [cast.companyId("bretagne"), cast.companyId("ostersand")],
        lines: wanted.map(([partNo, quantity, unit, targetPrice]) => {
          return { variantId: shelf.variantId(partNo), quantity, unit, targetPrice };
        }),
      }),
    );
  const { requestId, version, state } = asked;
  const key = { marketplaceId, requestId };
  if (state === "draft") requireValue(await quotes.sendRequest({ ...key, version }));
  for (const [vendor, prices, leadTimeDays] of [
    ["bretagne", ["2.64", "5.75"], 9],
    ["ostersand", ["2.79", "5.60"], 3],
  ] as const) {
    const client = cast.person(officeCompany(vendor).people[0].email);
    if ((await client.quotes.list(marketplaceId).all()).some((quote) => quote.requestId === requestId)) continue;
    const lines = wanted.map(([partNo, quantity, unit], at) => {
      const tiers = [{ quantity, unit, price: prices[at] ?? "" }];
      return { lineNo: at + 1, offerId: shelf.offerId(vendor, partNo), tiers };
    });
    const quoted = { currency: "EUR", validUntil: instantIn(30), leadTimeDays, lines };
    requireValue(await client.quotes.send(key, quoted));
  }
}

/** From now on the operator looks at one vendor's offers, and there is one to look at. */
async function seedReview({ cast, shelf }: Scene): Promise<void> {
  const { marketplaceId, operator } = cast;
  const { version } = requireValue(await operator.offers.review(marketplaceId));
  if (version === 1) {
    const vendors = [{ vendorId: cast.companyId("bretagne"), activeWithoutReview: false }];
    requireValue(await operator.offers.saveReview(marketplaceId, { activeWithoutReview: true, vendors }, version));
  }
  const { offers } = cast.person(officeCompany("bretagne").people[0].email);
  const offer = { variantId: shelf.variantId("OS-RM-13"), vendorPartNo: "BR-OS-RM-13", orderUnit: "H87" };
  const made = requireValue(await offers.create(marketplaceId, offer));
  if (made.status !== "draft") return;
  requireValue(await offers.propose({ marketplaceId, offerId: made.offerId, version: made.version }));
}
