import { indexPriceBook } from "@kontor/catalog";
import type { CatalogueExport, ExportedFile, ExportedOffer, PriceRepository } from "@kontor/db";
import type { CatalogueRow, ExportProblem } from "@kontor/formats";
import { writeBmecat } from "@kontor/formats";
import type { Actor, Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { BmecatExportQuery } from "@kontor/protocol";
import { vendorTerms } from "../pricing/buyer-terms.ts";
import { Refusal } from "../refusal.ts";
import { answerOrRefusal } from "../routes/answers.ts";
import { agreedRungs } from "./agreed-rungs.ts";
import { orderUnitRungs, plain } from "./order-unit-rungs.ts";

export type BmecatParts = {
  readonly actor: Actor;
  readonly at: Micros;
  readonly prices: PriceRepository;
  /** Where files lie that are kept here. */
  readonly fileAddress: (file: ExportedFile) => string;
  /** Called for each offer that is to be in the file. */
  readonly onOffer: () => void;
  readonly onProblem: (problem: ExportProblem) => void;
};

/**
 * A vendor's catalogue as BMEcat 2005, a piece at a time, and what it cannot say by `onProblem`. The first piece is
 * there when this returns.
 *
 * @throws Refusal `export_header_unfit`, or why the agreement gives no prices
 */
export async function bmecatOf(
  catalogue: CatalogueExport,
  { catalogueId, catalogueVersion, language }: BmecatExportQuery,
  parts: BmecatParts,
): Promise<AsyncGenerator<string>> {
  const { supplier, currency } = catalogue;
  const generatedAt = instantOfMicros(parts.at);
  const header = { catalogueId, catalogueVersion, language, currency, supplier, generatedAt };
  const written = writeBmecat({ ...header, rows: rowsOf(catalogue, parts), onProblem: parts.onProblem });
  try {
    const first = await written.next();
    return chained(first.done === true ? "" : first.value, written);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal("export_header_unfit", { language, currency }, { cause: error });
  }
}

async function* chained(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

async function* rowsOf(catalogue: CatalogueExport, parts: BmecatParts): AsyncGenerator<CatalogueRow> {
  for await (const page of catalogue.pages) {
    const pricesOf = await pricingOf(catalogue, page, parts);
    for (const offer of page) {
      const priced = pricesOf(offer);
      if (priced === null) continue;
      parts.onOffer();
      const { row } = offer;
      const tell = (member: string, value: string, code: ExportProblem["code"] = "member_not_in_format"): void => {
        parts.onProblem({ partNumber: row.partNumber, code, member, value: value.slice(0, 200) });
      };
      for (const { member, value } of offer.unsaid) tell(member, value);
      for (const value of priced.unsaid) tell("prices", value, "value_left_out");
      yield rowOf(offer, { prices: priced.prices, parts });
    }
  }
}

/** BMEcat knows a manufacturer and no brand; who makes it is what a brand tells here. */
function rowOf(
  { row: { brand, ...row }, files }: ExportedOffer,
  { prices, parts }: { readonly prices: NonNullable<CatalogueRow["prices"]>; readonly parts: BmecatParts },
): CatalogueRow {
  const named = files.map((file) => ({
    kind: file.kind,
    address: file.url ?? parts.fileAddress(file),
    mediaType: file.mediaType,
    ...(file.title === "" ? {} : { title: file.title }),
  }));
  return { ...row, ...(brand != null && { manufacturer: brand }), prices, files: named };
}

type Priced = { readonly prices: NonNullable<CatalogueRow["prices"]>; readonly unsaid: readonly string[] };

/** Prices of a page's offers; null for an offer that the customer may not order. */
async function pricingOf(
  catalogue: CatalogueExport,
  page: readonly ExportedOffer[],
  parts: BmecatParts,
): Promise<(offer: ExportedOffer) => Priced | null> {
  const { agreement, list, currency } = catalogue;
  if (agreement === null) return (offer) => listedPrices(offer, list?.priceMode ?? "net", currency);
  const { buyerId, divisionId, agreementId } = agreement;
  const asking = {
    buyerId,
    divisionId: divisionId ?? undefined,
    channelId: null,
    offerIds: page.map(({ offerId }) => offerId),
    at: parts.at,
    now: parts.at,
  };
  const facts = answerOrRefusal(await parts.prices.shownTo(parts.actor, asking));
  const terms = vendorTerms(facts, catalogue.vendorId, { at: parts.at, purpose: "display", agreementId });
  if (terms.kind === "rejected") throw new Refusal(terms.rejection.code, { agreementId, pointer: "/agreementId" });
  const book = indexPriceBook(facts.records);
  return (offer) => {
    if (!facts.entitled.has(offer.offerId)) return null;
    const taxPercent = facts.sales.get(offer.offerId)?.taxPercent ?? 0n;
    const { rungs, gross } = agreedRungs({ offer, buyer: terms.buyer, taxPercent }, book);
    const said = orderUnitRungs(offer, rungs, terms.buyer.currency);
    return { prices: said.prices, unsaid: [...said.unsaid, ...gross] };
  };
}

function listedPrices(offer: ExportedOffer, priceMode: "net" | "gross", currency: string): Priced {
  if (priceMode === "net") return orderUnitRungs(offer, offer.rungs, currency);
  const unsaid = offer.rungs.map(({ price, unit }) => `${plain(price)} ${currency} per ${unit} with tax`);
  return { prices: [], unsaid };
}
