import type { VariantUnits } from "@kontor/catalog";
import type { AgreementTerms, QuoteAcceptanceRecord } from "@kontor/protocol";
import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { agreementRecordOf, findAgreement } from "../catalog/agreement-documents.ts";
import { recordAgreement } from "../catalog/agreement-steps.ts";
import { checkedTerms, termColumns, writeTermRows } from "../catalog/agreement-terms.ts";
import { millionthsText } from "../catalog/millionths.ts";
import { boundIn } from "../catalog/periods.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import { agreements, priceLists, prices } from "../schema/catalog-prices.ts";
import type { Accepting, TakenLine, TakenQuote } from "./acceptance.ts";
import { recordAcceptance, takeQuote } from "./acceptance.ts";
import { unitsOfVariants } from "./variant-units.ts";

/**
 * An agreement in force at once, with a price list of exactly the accepted prices, until the vendor said. Each offer is
 * sold in the quoted quantity, or in more where that was allowed.
 */
export async function agreeQuote(
  db: Database,
  engine: BuyingEngine,
  accepting: Accepting,
): Promise<Answered<QuoteAcceptanceRecord>> {
  return await wholly(db, async (tx) => {
    const taken = await takeQuote(tx, engine, accepting);
    if (!taken.ok) return taken;
    if ("again" in taken.value) return answered(taken.value.again);
    const made = await makeAgreement(tx, engine, { accepting, taken: taken.value });
    if (!made.ok) return made;
    return await recordAcceptance(tx, accepting, { outcome: "agreement", outcomeId: made.value, taken: taken.value });
  });
}

type Making = { readonly accepting: Accepting; readonly taken: TakenQuote };

async function makeAgreement(
  tx: Database,
  { exponentOf: decimalsOf }: BuyingEngine,
  { accepting: { actor, input, at }, taken }: Making,
): Promise<Answered<string>> {
  const { quote, request, version, lines } = taken;
  const { agreement, currency, deliveryTerm, deliveryPlace } = version;
  const until = agreement === null ? null : boundIn("UTC", agreement.until);
  if (agreement === null || until === null) return refused("quote_makes_no_agreement");
  const vendor = { marketplaceId: quote.marketplaceId, vendorId: quote.vendorId };
  const parties = { ...vendor, buyerId: request.companyId, divisionId: request.divisionId };
  const others = await inForce(tx, parties, at);
  if (others.length > 0) return refused("agreement_ambiguous", { choices: others });
  const rules = await quantityRules(tx, lines);
  if (!rules.ok) return rules;
  const period = { validFrom: at, validUntil: until };
  const listId = await writeList(tx, { ...vendor, name: `Quote ${input.acceptanceId}`, currency, ...period }, lines);
  if (listId === undefined) return refused("conflict");
  const terms: AgreementTerms = {
    ...{ currency, paymentTerm: agreement.paymentTerm, until: agreement.until },
    ...(deliveryTerm !== null && { deliveryTerm: deliveryTerm as NonNullable<AgreementTerms["deliveryTerm"]> }),
    ...(deliveryPlace !== null && { deliveryPlace }),
    ...{ priceLists: [{ listId, priority: 0 }], assortment: [], quantityRules: [...rules.value] },
  };
  const checked = await checkedTerms(tx, vendor, { terms, decimalsOf });
  if (!checked.ok) return checked;
  const [row] = await tx
    .insert(agreements)
    .values({
      ...{ ...parties, status: "active", origin: `quote ${quote.id}`, createdBy: actor.userId },
      ...termColumns(checked.value, at),
    })
    .returning({ id: agreements.id });
  if (row === undefined) return refused("conflict");
  await writeTermRows(tx, { ...vendor, agreementId: row.id }, checked.value);
  const found = await findAgreement(tx, actor, row.id);
  if (found === undefined) return refused("not_found");
  await recordAgreement(tx, { actor, action: "accepted", before: null, after: agreementRecordOf(found, decimalsOf) });
  return answered(row.id);
}

type Parties = Pick<typeof agreements.$inferInsert, "marketplaceId" | "vendorId" | "buyerId"> & {
  readonly divisionId: string | null;
};

/** With another one beside it nobody could tell which one an order is under. */
async function inForce(tx: Database, { marketplaceId, vendorId, buyerId, divisionId }: Parties, at: number) {
  const rows = await tx
    .select({ id: agreements.id })
    .from(agreements)
    .where(
      and(
        eq(agreements.marketplaceId, marketplaceId),
        eq(agreements.vendorId, vendorId),
        eq(agreements.buyerId, buyerId),
        divisionId === null ? isNull(agreements.divisionId) : eq(agreements.divisionId, divisionId),
        eq(agreements.status, "active"),
        or(isNull(agreements.validUntil), gt(agreements.validUntil, at)),
      ),
    );
  return rows.map(({ id }) => id);
}

async function writeList(tx: Database, list: typeof priceLists.$inferInsert, lines: readonly TakenLine[]) {
  const [made] = await tx
    .insert(priceLists)
    .values({ ...list, stacking: "none" })
    .onConflictDoNothing()
    .returning({ id: priceLists.id });
  if (made === undefined) return undefined;
  const { validFrom, validUntil } = list;
  const rows = lines.map(({ offerId, tier }) => {
    const { unit, price, priceBaseQuantity, quantity: minQuantity } = tier;
    return { listId: made.id, offerId, unit, price, priceBaseQuantity, minQuantity };
  });
  await tx.insert(prices).values(rows.map((row) => ({ ...row, validFrom: validFrom ?? 0, validUntil })));
  return made.id;
}

async function quantityRules(
  tx: Database,
  lines: readonly TakenLine[],
): Promise<Answered<AgreementTerms["quantityRules"]>> {
  const ids = lines.map(({ offerId }) => offerId);
  if (new Set(ids).size < ids.length) return refused("quote_offer_repeated");
  const sold = await tx
    .select({ id: offers.id, variantId: offers.variantId, orderUnit: offers.orderUnit })
    .from(offers)
    .where(inArray(offers.id, ids));
  const units = await unitsOfVariants(
    tx,
    sold.map(({ variantId }) => variantId),
  );
  const rules: AgreementTerms["quantityRules"] = [];
  for (const { lineNo, offerId, tier } of lines) {
    const offer = sold.find(({ id }) => id === offerId);
    const own = offer && units.get(offer.variantId);
    if (offer === undefined || own === undefined) return refused("offer_not_available", { offerId, lineNo });
    const quantity = inOrderUnits(own, offer.orderUnit, tier);
    if (quantity === null) return refused("unit_not_sold", { unit: tier.unit, choices: [offer.orderUnit], lineNo });
    const minQuantity = millionthsText(quantity);
    rules.push({ offerId, minQuantity, ...(tier.allowsMore ? {} : { maxQuantity: minQuantity }) });
  }
  return answered(rules);
}

type Measured = { readonly quantity: bigint; readonly unit: string };

/** Null where it is no whole number of millionths. */
function inOrderUnits(units: VariantUnits, orderUnit: string, { quantity, unit }: Measured): bigint | null {
  const one = { num: 1n, den: 1n };
  const ratioOf = (of: string) => (of === units.base ? one : units.others.get(of)?.ratio);
  const [from, to] = [ratioOf(unit), ratioOf(orderUnit)];
  if (from === undefined || to === undefined) return null;
  const [num, den] = [quantity * from.num * to.den, from.den * to.num];
  return num % den === 0n ? num / den : null;
}
