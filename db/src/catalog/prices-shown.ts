import type { Actor, Micros } from "@kontor/kernel";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { divisions } from "../schema/catalog-prices.ts";
import { asOf, knownFrom } from "./past-terms.ts";
import type { PriceBuyer, PriceFacts, PriceQuery } from "./price-records.ts";
import { readPriceFacts } from "./price-records.ts";

export type PriceAsking = Omit<PriceQuery, "marketplaceId" | "buyer"> & {
  /** Whose prices; left out: the actor's own company's, for staff the public ones. */
  readonly buyerId?: string | undefined;
  readonly divisionId?: string | undefined;
};

/** With the offers whose price the actor may be told; the others are as if they were not there. */
export type PricesShown = PriceFacts & {
  readonly shown: ReadonlySet<string>;
  /** Of a past instant: from when on all is known that its prices depend on, where that is later. */
  readonly knownFrom: Micros | null;
};

type Facts = PriceFacts & Pick<PricesShown, "knownFrom">;

/**
 * A buyer asks for his own prices. A vendor asks, of his own offers alone, for those of buyers with whom he has an
 * agreement or who are in his groups; of others he is told the public ones. Staff asks for anybody's.
 */
export type PriceRepository = {
  /** `not_found` for a division that is not the buyer's, and where there is no such marketplace. */
  readonly shownTo: (actor: Actor, asking: PriceAsking) => Promise<Answered<PricesShown>>;
};

export function createPriceRepository(db: Database): PriceRepository {
  return {
    shownTo(actor, asking) {
      const { kind, companyId } = actor;
      const { buyerId, divisionId = null } = asking;
      if (kind !== "member") {
        return forBuyer(db, {
          actor,
          asking,
          buyer: buyerId === undefined ? null : { companyId: buyerId, divisionId },
        });
      }
      if (companyId === null) return Promise.resolve(refused("not_found"));
      if (buyerId === undefined || buyerId === companyId) {
        return forBuyer(db, { actor, asking, buyer: { companyId, divisionId } });
      }
      return forVendor(db, { actor, asking, buyer: { companyId: buyerId, divisionId } }, companyId);
    },
  };
}

type Wanted = { readonly actor: Actor; readonly asking: PriceAsking; readonly buyer: PriceBuyer | null };

async function factsOf(db: Database, { actor, asking, buyer }: Wanted): Promise<Facts | undefined> {
  const { channelId, offerIds, at, now } = asking;
  const query = { marketplaceId: actor.marketplaceId ?? "", buyer, channelId, offerIds, at, now };
  const isPast = at < now;
  const facts = isPast ? await asOf(db, at, (tx) => readPriceFacts(tx, query)) : await readPriceFacts(db, query);
  return facts && { ...facts, knownFrom: isPast ? await knownFrom(db, { offerIds, at }) : null };
}

const buyable: ReadonlySet<string> = new Set(["active", "paused"]);

/** A member sees what he may buy and what he sells himself, staff all. */
async function forBuyer(db: Database, wanted: Wanted): Promise<Answered<PricesShown>> {
  const { actor, buyer } = wanted;
  const [facts, isBuyers] = await Promise.all([factsOf(db, wanted), isDivisionOf(db, buyer)]);
  if (facts === undefined || !isBuyers) return refused("not_found");
  const shown = [...facts.sales.values()].filter(
    ({ offerId, vendorId, status }) =>
      actor.kind !== "member" || vendorId === actor.companyId || (buyable.has(status) && facts.entitled.has(offerId)),
  );
  return answered({ ...facts, shown: new Set(shown.map(({ offerId }) => offerId)) });
}

async function isDivisionOf(db: Database, buyer: PriceBuyer | null): Promise<boolean> {
  if (buyer === null || buyer.divisionId === null) return true;
  const [division] = await db
    .select({ id: divisions.id })
    .from(divisions)
    .where(and(eq(divisions.id, buyer.divisionId), eq(divisions.companyId, buyer.companyId)));
  return division !== undefined;
}

async function forVendor(
  db: Database,
  wanted: Wanted & { readonly buyer: PriceBuyer },
  vendorId: string,
): Promise<Answered<PricesShown>> {
  const asked = await factsOf(db, wanted);
  if (asked === undefined) return refused("not_found");
  const agreements = asked.buyer.agreements.filter((agreement) => agreement.vendorId === vendorId);
  const { divisionId } = wanted.buyer;
  // The divisions of a buyer are known to a vendor by their agreements alone.
  if (divisionId !== null && !agreements.some(({ nodeId }) => nodeId === divisionId)) return refused("not_found");
  const isKnown = agreements.length > 0 || asked.buyer.groups.some((group) => group.vendorId === vendorId);
  const facts = isKnown ? asked : await factsOf(db, { ...wanted, buyer: null });
  if (facts === undefined) return refused("not_found");
  const own = [...facts.sales.values()].filter((sale) => sale.vendorId === vendorId);
  return answered({ ...facts, shown: new Set(own.map(({ offerId }) => offerId)) });
}
