import { requireValue } from "@kontor/sdk";
import type { Installation, InstallationOptions } from "./installation.ts";
import { createInstallation } from "./installation.ts";
import type { Company, Person, Registry } from "./people.ts";
import { createRegistry, takePart } from "./people.ts";
import type { Tender, TenderOrder } from "./tenders.ts";
import { publish } from "./tenders.ts";

/** An installation with two marketplaces and the people whom journeys are about. */
export type World = Installation &
  Omit<Registry, "closeAll"> & {
    readonly marketplaceId: string;
    readonly foreignMarketplaceId: string;
    readonly admin: Person;
    readonly operator: Person;
    readonly auditor: Person;
    readonly foreignOperator: Person;
    readonly buyer: Company;
    readonly anna: Company;
    readonly bert: Company;
    /** Takes part in the marketplace and in none of its tenders. */
    readonly observer: Company;
    /** Takes part in the other marketplace alone. */
    readonly foreigner: Company;
    /** The buyer's unless said otherwise. */
    readonly publish: (
      order: Omit<TenderOrder, "marketplaceId" | "owner" | "clock"> & { owner?: Person },
    ) => Promise<Tender>;
  };

const identitiesTrustedMs = 6_000;

/** One per file is enough. `await using` or `[Symbol.asyncDispose]` ends everything. */
export async function createWorld(options: InstallationOptions = {}): Promise<World> {
  const installation = await createInstallation(options);
  const { closeAll, ...registry } = createRegistry(installation.url);
  const cast = await assemble(installation, registry).catch(async (cause: unknown) => {
    await installation[Symbol.asyncDispose]();
    throw new Error(`no world: ${installation.logBook.errorTexts().join("; ")}`, { cause });
  });
  const { clock } = installation;
  const { marketplaceId, buyer } = cast;
  return {
    ...installation,
    ...registry,
    ...cast,
    publish: ({ owner = buyer.boss, ...order }) => publish({ marketplaceId, owner, clock, ...order }),
    async [Symbol.asyncDispose]() {
      closeAll();
      await installation[Symbol.asyncDispose]();
    },
  };
}

async function assemble({ running, clock }: Installation, { person, company }: Pick<Registry, "person" | "company">) {
  const [admin, operator, auditor, foreignOperator] = await Promise.all([
    person("Admin"),
    person("Operator"),
    person("Auditor"),
    person("Foreign operator"),
  ]);
  await running().accounts.makeInstallationAdmin(admin.userId);
  // Made past the gateway, so what it remembers of the admin must grow old first.
  clock.skip(identitiesTrustedMs);
  const found = async (slug: string, head: Person): Promise<string> => {
    const input = { slug, name: `Market of ${slug}`, currency: "EUR" };
    const { marketplaceId } = requireValue(await admin.client.marketplaces.create(input));
    requireValue(await admin.client.marketplaces.appoint({ marketplaceId, userId: head.userId }, "operator"));
    return marketplaceId;
  };
  const marketplaceId = await found("metals", operator);
  const foreignMarketplaceId = await found("grain", foreignOperator);
  requireValue(await admin.client.marketplaces.appoint({ marketplaceId, userId: auditor.userId }, "auditor"));
  const [buyer, anna, bert, observer, foreigner] = await Promise.all([
    company("Nordwerk"),
    company("Anna Metals"),
    company("Bert Metals"),
    company("Onlooker"),
    company("Grain House"),
  ]);
  const here = { marketplaceId, operator };
  await Promise.all([
    takePart(buyer, here, "both"),
    takePart(anna, here, "both"),
    takePart(bert, here, "both"),
    takePart(observer, here, "both"),
    takePart(foreigner, { marketplaceId: foreignMarketplaceId, operator: foreignOperator }, "both"),
  ]);
  return {
    marketplaceId,
    foreignMarketplaceId,
    admin,
    operator,
    auditor,
    foreignOperator,
    buyer,
    anna,
    bert,
    observer,
    foreigner,
  };
}
