import type { Actor } from "@kontor/kernel";
import type { AgreementRecord, AgreementTerms, AssortmentItem } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { eq, getTableColumns, ne, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, anyOf, inMarketplace, ofOwnCompany, seesAll } from "../repositories/scope.ts";
import {
  agreements,
  assortmentItems,
  assortments,
  orderMinimums,
  priceListAssignments,
  quantityRules,
} from "../schema/catalog-prices.ts";
import type { AgreementRow } from "./agreement-terms.ts";
import type { CurrencyDecimals, MinimumColumns } from "./order-minimums.ts";
import { minimumOf } from "./order-minimums.ts";
import { boundsOf } from "./periods.ts";
import { plainText } from "./price-rungs.ts";

/* Agreements on their way out of columns and rows. */

type StoredRule = Readonly<Record<"offerId" | "minQuantity" | "multiple" | "maxQuantity", string | null>>;
type StoredMinimum = Readonly<Record<"currency" | "amount" | "fee", string>> & Pick<MinimumColumns, "mode">;

export type FoundAgreement = {
  readonly row: AgreementRow;
  readonly vendorName: string | null;
  readonly buyerName: string | null;
  readonly priceLists: AgreementTerms["priceLists"];
  readonly assortment: readonly AssortmentItem[];
  readonly quantityRules: readonly StoredRule[];
  readonly orderMinimum: StoredMinimum | null;
};

/** What is read of an agreement, from `agreements`. */
export const agreementColumns = {
  row: getTableColumns(agreements),
  vendorName: nameOfCompany(agreements.vendorId),
  buyerName: nameOfCompany(agreements.buyerId),
  priceLists: sql<AgreementTerms["priceLists"]>`(
    select coalesce(json_agg(json_build_object('listId', a.list_id, 'priority', a.priority)
      order by a.priority desc, a.list_id), '[]')
    from ${priceListAssignments} a where a.target = 'agreement' and a.target_id = ${agreements}.id::text)`,
  assortment: sql<readonly AssortmentItem[]>`(
    select coalesce(json_agg(json_build_object('mode', i.mode, 'kind', i.kind, 'itemId', i.item_id)
      order by i.mode, i.kind, i.item_id), '[]')
    from ${assortments} s join ${assortmentItems} i on i.assortment_id = s.id
    where s.target = 'agreement' and s.target_id = ${agreements}.id::text)`,
  quantityRules: sql<readonly StoredRule[]>`(
    select coalesce(json_agg(json_build_object('offerId', q.offer_id, 'minQuantity', q.min_quantity::text,
      'multiple', q.multiple::text, 'maxQuantity', q.max_quantity::text) order by q.offer_id nulls first), '[]')
    from ${quantityRules} q where q.agreement_id = ${agreements}.id)`,
  orderMinimum: sql<StoredMinimum | null>`(
    select json_build_object('currency', m.currency, 'amount', m.amount::text, 'mode', m.mode, 'fee', m.fee::text)
    from ${orderMinimums} m where m.agreement_id = ${agreements}.id limit 1)`,
};

/** Both parties, a draft its vendor alone, and staff. */
export function seesAgreement(actor: Actor): SQL {
  if (seesAll(actor)) return inMarketplace(actor, agreements.marketplaceId);
  const asBuyer = allOf(ofOwnCompany(actor, agreements.buyerId), ne(agreements.status, "draft"));
  return allOf(
    inMarketplace(actor, agreements.marketplaceId),
    anyOf(ofOwnCompany(actor, agreements.vendorId), asBuyer),
  );
}

export async function findAgreement(
  db: Database,
  actor: Actor,
  agreementId: string,
): Promise<FoundAgreement | undefined> {
  const [found] = await db
    .select(agreementColumns)
    .from(agreements)
    .where(allOf(seesAgreement(actor), eq(agreements.id, agreementId)));
  return found;
}

/** As the actor may see it: what his own side only proposed is nobody else's but the other party's and staff's. */
export function agreementRecordOf(found: FoundAgreement, decimalsOf: CurrencyDecimals): AgreementRecord {
  const { row, vendorName, buyerName } = found;
  const { id, marketplaceId, vendorId, buyerId, divisionId, numberVendor, numberBuyer, status, termsVersion } = row;
  return {
    agreementId: id,
    marketplaceId,
    vendorId,
    ...present({ vendorName }),
    buyerId,
    ...present({ buyerName, divisionId }),
    numberVendor,
    numberBuyer,
    status,
    terms: termsOf(found, decimalsOf),
    termsVersion,
    ...(row.proposal === null ? {} : { proposal: row.proposal as AgreementTerms }),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    version: row.version,
  };
}

function termsOf(found: FoundAgreement, decimalsOf: CurrencyDecimals): AgreementTerms {
  const { row, priceLists, assortment, quantityRules: rules, orderMinimum } = found;
  const { currency, paymentTerm, deliveryTerm, deliveryPlace } = row;
  const minimum =
    orderMinimum === null
      ? null
      : minimumOf({ ...orderMinimum, amount: BigInt(orderMinimum.amount), fee: BigInt(orderMinimum.fee) }, decimalsOf);
  return {
    currency,
    paymentTerm,
    ...present({ deliveryTerm: deliveryTerm as AgreementTerms["deliveryTerm"], deliveryPlace }),
    ...boundsOf(row),
    priceLists,
    assortment: [...assortment],
    quantityRules: rules.map(ruleOf),
    ...present({ orderMinimum: minimum }),
  };
}

function ruleOf({ offerId, minQuantity, multiple, maxQuantity }: StoredRule): AgreementTerms["quantityRules"][number] {
  const plain = (text: string | null): string | null => (text === null ? null : plainText(BigInt(text)));
  return present({
    offerId,
    minQuantity: plain(minQuantity),
    multiple: plain(multiple),
    maxQuantity: plain(maxQuantity),
  });
}
