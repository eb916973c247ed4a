import { ProblemError } from "@kontor/sdk";
import { demoPassword } from "../companies.ts";
import type { OfficeOptions } from "./office-cast.ts";
import { assembleOffice } from "./office-cast.ts";
import { officePerson } from "./office-companies.ts";
import { repeatableClient } from "./repeatable-client.ts";
import { seedBuyers } from "./seed-buyers.ts";
import { officeCounts, seedCatalogue } from "./seed-catalogue.ts";
import { seedClasses } from "./seed-classes.ts";
import { lastWritten, seedOrders } from "./seed-orders.ts";
import { seedPrices } from "./seed-prices.ts";

/** What is to be told of the office marketplace before it is seeded. */
export const officeSummary = `${officeCounts.products} articles in ${officeCounts.offers} offers`;

/** Whether an earlier start has seeded it to the end. @throws ProblemError */
export async function isOfficeSeeded(options: Pick<OfficeOptions, "url" | "signal">): Promise<boolean> {
  const { email } = officePerson("feldmark", "Timo");
  const client = repeatableClient(options, { email, password: demoPassword });
  const me = await client.me.read();
  if (!me.ok && me.problem.code === "unauthenticated") return false;
  if (!me.ok) throw new ProblemError(me.problem);
  const place = me.value.companies.flatMap(({ participations }) => participations)[0];
  if (place?.status !== "approved") return false;
  const lists = await client.buying.requisitionLists.list(place.marketplaceId).all();
  return lists.some(({ name }) => name === lastWritten);
}

/**
 * Seeds the office and workshop marketplace through the HTTP interface: companies, catalogue, prices, contracts, and
 * business under way. Done again, it goes on where it was cut off. @throws ProblemError
 */
export async function seedOffice(options: OfficeOptions): Promise<void> {
  const cast = await assembleOffice(options);
  await seedClasses(cast);
  const shelf = await seedCatalogue(cast);
  await seedPrices({ cast, shelf });
  const places = await seedBuyers(cast, shelf);
  await seedOrders({ cast, shelf, places });
}
