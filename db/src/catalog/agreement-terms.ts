import type { Micros } from "@kontor/kernel";
import { parseDecimal } from "@kontor/kernel";
import type { AgreementTerms } from "@kontor/protocol";
import { and, eq, inArray } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { agreements } from "../schema/catalog-prices.ts";
import {
  assortments,
  orderMinimums,
  priceListAssignments,
  priceLists,
  quantityRules,
} from "../schema/catalog-prices.ts";
import { writeItems } from "./assortments.ts";
import type { CurrencyDecimals, MinimumColumns } from "./order-minimums.ts";
import { minimumColumns } from "./order-minimums.ts";
import type { StoredPeriod } from "./periods.ts";
import { periodIn } from "./periods.ts";
import { exact } from "./price-list-records.ts";
import { offerFault } from "./promotions.ts";
import { beginning } from "./sql-values.ts";

/* Terms of agreements on their way into columns and rows. */

type Vendor = { readonly marketplaceId: string; readonly vendorId: string };

/** Terms that were found sound. */
export type CheckedTerms = {
  readonly terms: AgreementTerms;
  readonly period: StoredPeriod;
  readonly minimum: MinimumColumns | null;
};

/** Everything that the terms name is the vendor's own and in the agreement's currency. Days are UTC's. */
export async function checkedTerms(
  tx: Database,
  vendor: Vendor,
  { terms, decimalsOf }: { readonly terms: AgreementTerms; readonly decimalsOf: CurrencyDecimals },
): Promise<Answered<CheckedTerms>> {
  const period = periodIn("UTC", terms, "/terms");
  if (!period.ok) return period;
  const fault =
    limitFault(terms, decimalsOf) ??
    ruleFault(terms) ??
    (await listFault(tx, vendor, terms)) ??
    (await offerFault(
      tx,
      vendor,
      terms.quantityRules.flatMap(({ offerId }) => (offerId === undefined ? [] : [offerId])),
    ));
  if (fault !== undefined) return fault;
  const { orderMinimum } = terms;
  if (orderMinimum === undefined) return answered({ terms, period: period.value, minimum: null });
  if (orderMinimum.currency !== terms.currency) {
    return refused("agreement_currency_differs", { pointer: "/terms/orderMinimum/currency" });
  }
  const minimum = minimumColumns(orderMinimum, decimalsOf, "/terms/orderMinimum");
  return minimum.ok ? answered({ terms, period: period.value, minimum: minimum.value }) : minimum;
}

function limitFault({ paymentTerm, currency }: AgreementTerms, decimalsOf: CurrencyDecimals): Refused | undefined {
  const decimals = decimalsOf(currency);
  if (decimals === null) return refused("amount_too_fine", { currency, pointer: "/terms/currency" });
  if (paymentTerm.kind !== "deferred" || typeof parseDecimal(paymentTerm.limit, decimals) === "bigint")
    return undefined;
  return refused("amount_too_fine", { currency, decimals, pointer: "/terms/paymentTerm/limit" });
}

function ruleFault({ quantityRules: rules }: AgreementTerms): Refused | undefined {
  const seen = new Set<string>();
  for (const [at, { offerId = "" }] of rules.entries()) {
    if (seen.has(offerId)) return refused("quantity_rule_repeated", { pointer: `/terms/quantityRules/${at}` });
    seen.add(offerId);
  }
  return undefined;
}

/** Held, so that none gets another currency meanwhile. */
async function listFault(tx: Database, vendor: Vendor, terms: AgreementTerms): Promise<Refused | undefined> {
  const ids = terms.priceLists.map(({ listId }) => listId);
  if (ids.length === 0) return undefined;
  const own = and(
    inArray(priceLists.id, ids),
    eq(priceLists.marketplaceId, vendor.marketplaceId),
    eq(priceLists.vendorId, vendor.vendorId),
  );
  const found = await tx
    .select({ id: priceLists.id, currency: priceLists.currency })
    .from(priceLists)
    .where(own)
    .orderBy(priceLists.id)
    .for("share");
  const currencies = new Map(found.map(({ id, currency }) => [id, currency]));
  for (const [at, listId] of ids.entries()) {
    const pointer = `/terms/priceLists/${at}/listId`;
    const currency = currencies.get(listId);
    if (currency === undefined) return refused("price_list_unknown", { pointer, listId });
    if (currency !== terms.currency) return refused("agreement_currency_differs", { pointer, currency });
  }
  return undefined;
}

export type TermsPlace = Vendor & { readonly agreementId: string };

/** Columns of the agreement itself. Without a start the terms hold from `since` on. */
export function termColumns({ terms, period }: CheckedTerms, since: Micros | null) {
  const { currency, paymentTerm, deliveryTerm = null, deliveryPlace = null } = terms;
  const validFrom = period.validFrom === beginning && since !== null ? since : period.validFrom;
  return { currency, paymentTerm, deliveryTerm, deliveryPlace, validFrom, validUntil: period.validUntil };
}

/** Rows beside the agreement, in place of those there are. */
export async function writeTermRows(
  tx: Database,
  { agreementId, marketplaceId, vendorId }: TermsPlace,
  { terms, minimum }: CheckedTerms,
): Promise<void> {
  const target = "agreement";
  await tx
    .delete(priceListAssignments)
    .where(and(eq(priceListAssignments.target, target), eq(priceListAssignments.targetId, agreementId)));
  if (terms.priceLists.length > 0) {
    const rows = terms.priceLists.map((list) => ({ ...list, target, targetId: agreementId }) as const);
    await tx.insert(priceListAssignments).values(rows).onConflictDoNothing();
  }
  await tx.delete(assortments).where(and(eq(assortments.target, target), eq(assortments.targetId, agreementId)));
  if (terms.assortment.length > 0) {
    const [made] = await tx
      .insert(assortments)
      .values({ marketplaceId, vendorId, target, targetId: agreementId, name: `Agreement ${agreementId}` })
      .returning({ id: assortments.id });
    if (made !== undefined) await writeItems(tx, made.id, terms.assortment);
  }
  await tx.delete(quantityRules).where(eq(quantityRules.agreementId, agreementId));
  const rules = terms.quantityRules.map(({ offerId = null, ...rule }) => ({
    agreementId,
    offerId,
    minQuantity: quantityOf(rule.minQuantity),
    multiple: quantityOf(rule.multiple),
    maxQuantity: quantityOf(rule.maxQuantity),
  }));
  if (rules.length > 0) await tx.insert(quantityRules).values(rules);
  await tx.delete(orderMinimums).where(eq(orderMinimums.agreementId, agreementId));
  if (minimum !== null) await tx.insert(orderMinimums).values({ ...minimum, marketplaceId, vendorId, agreementId });
}

const quantityOf = (text: string | undefined): bigint | null => (text === undefined ? null : exact(text, 6));

export type AgreementRow = typeof agreements.$inferSelect;
