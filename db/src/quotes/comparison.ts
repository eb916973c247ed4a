import type { ComparedLine, ComparedQuote, Money, QuoteToCompare } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { formatDecimal, roundDivide } from "@kontor/kernel";
import type { QuoteComparison } from "@kontor/protocol";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { ratesAt } from "../buying/money/exchange-rates.ts";
import { moneyText } from "../buying/number-texts.ts";
import { isOwned } from "../buying/orders/own-company.ts";
import { millionthsText } from "../catalog/millionths.ts";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { quotedTiers, quoteRequestLines, quoteRequests, quotes, quoteVersions } from "../schema/catalog-quotes.ts";
import { marketplaces } from "../schema/marketplaces.ts";
import type { FoundQuote, TierRow, VersionRow } from "./quote-reads.ts";
import { findQuotes, tiersOf } from "./quote-reads.ts";
import type { RequestRow } from "./request-reads.ts";
import { unitsOfVariants } from "./variant-units.ts";

type Comparing = { readonly actor: Actor; readonly requestId: string; readonly at: Micros };

/** The newest version of each quote to the buyer's own request, side by side; undefined where it is not his. */
export async function compareRequest(
  db: Database,
  engine: BuyingEngine,
  { actor, requestId, at }: Comparing,
): Promise<QuoteComparison | undefined> {
  const [found] = await db
    .select({ request: quoteRequests, rounding: marketplaces.rounding })
    .from(quoteRequests)
    .innerJoin(marketplaces, eq(marketplaces.id, quoteRequests.marketplaceId))
    .where(allOf(isOwned(actor, quoteRequests), eq(quoteRequests.id, requestId)));
  if (found === undefined) return undefined;
  const { request, rounding } = found;
  const moneyOf = (currency: string): Money => ({ currency, exponent: engine.exponentOf(currency), rounding });
  const lines = await db.select().from(quoteRequestLines).where(eq(quoteRequestLines.requestId, requestId));
  const given = await newestVersions(db, { actor, requestId, moneyOf });
  const rates = await ratesAt(db, request.marketplaceId, at);
  const asked = lines.map(({ lineNo, quantity, unit }) => ({ lineNo, quantity, unit }));
  const compared = engine.compareQuotes({
    lines: asked.toSorted((a, b) => a.lineNo - b.lineNo),
    money: moneyOf(request.currency),
    rates,
    at,
    quotes: given.map(({ toCompare }) => toCompare),
  });
  const answers = new Map(compared.map((answer) => [answer.id, answer]));
  return {
    requestId,
    currency: request.currency,
    at: instantOf(at),
    quotes: given.flatMap((one) => {
      const answer = answers.get(one.toCompare.id);
      return answer === undefined ? [] : [comparedRecordOf(one, answer, { request, engine })];
    }),
  };
}

type Given = { readonly found: FoundQuote; readonly version: VersionRow; readonly toCompare: QuoteToCompare };
type Reading = {
  readonly actor: Actor;
  readonly requestId: string;
  readonly moneyOf: (currency: string) => Money;
};

async function newestVersions(db: Database, { actor, requestId, moneyOf }: Reading): Promise<readonly Given[]> {
  const found = await findQuotes(db, actor, eq(quotes.requestId, requestId));
  if (found.length === 0) return [];
  const versions = await db
    .select()
    .from(quoteVersions)
    .where(
      inArray(
        quoteVersions.quoteId,
        found.map(({ row }) => row.id),
      ),
    );
  const tiers = await tiersOf(
    db,
    inArray(
      quotedTiers.quoteId,
      found.map(({ row }) => row.id),
    ),
  );
  const variantOf = await meantVariants(db, requestId, tiers);
  const units = await unitsOfVariants(db, [...variantOf.values()]);
  const unitsOf = (tier: TierRow) => units.get(variantOf.get(tier.offerId ?? tier.lineNo) ?? "") ?? null;
  return found.flatMap((quote) => {
    const { id, version: no, addition } = quote.row;
    const version = versions.find((one) => one.quoteId === id && one.no === no);
    if (version === undefined) return [];
    const own = tiers.filter((tier) => tier.quoteId === id && tier.no === no);
    const { currency, validUntil, deliveryTerm, leadTimeDays } = version;
    const toCompare = {
      ...{ id, money: moneyOf(currency), validUntil, deliveryTerm, leadTimeDays, addition },
      tiers: own.map((tier) => ({ ...tier, unitPrice: tier.price, units: unitsOf(tier) })),
    };
    return [{ found: quote, version, toCompare }];
  });
}

/** The variant that an offer is of, by offer, and what the request's lines mean, by line. */
async function meantVariants(
  db: Database,
  requestId: string,
  tiers: readonly TierRow[],
): Promise<ReadonlyMap<string | number, string>> {
  const offerIds = [...new Set(tiers.flatMap(({ offerId }) => offerId ?? []))];
  const ofOffers =
    offerIds.length === 0
      ? []
      : await db
          .select({ id: offers.id, variantId: offers.variantId })
          .from(offers)
          .where(inArray(offers.id, offerIds));
  const ofLines = await db
    .select({
      lineNo: quoteRequestLines.lineNo,
      variantId: sql<string | null>`coalesce(${quoteRequestLines.variantId}, ${offers.variantId})`,
    })
    .from(quoteRequestLines)
    .leftJoin(offers, eq(offers.id, quoteRequestLines.offerId))
    .where(and(eq(quoteRequestLines.requestId, requestId)));
  return new Map<string | number, string>([
    ...ofOffers.map(({ id, variantId }) => [id, variantId] as const),
    ...ofLines.flatMap(({ lineNo, variantId }) => (variantId === null ? [] : [[lineNo, variantId] as const])),
  ]);
}

type Telling = { readonly request: RequestRow; readonly engine: BuyingEngine };
type ComparedRecord = QuoteComparison["quotes"][number];

function comparedRecordOf(
  { found, version }: Given,
  answer: ComparedQuote,
  { request, engine }: Telling,
): ComparedRecord {
  const textIn = (currency: string, value: bigint | null) =>
    value === null ? null : moneyText(value, engine.exponentOf(currency));
  const own = (value: bigint | null) => textIn(version.currency, value);
  const asked = (value: bigint | null) => textIn(request.currency, value);
  const { total, ownTotal, rank, reason, reasonLineNo, leadTimeRank, deliveryTermRank } = answer;
  const { deliveryPlace, leadTimeDays } = version;
  const deliveryTerm = version.deliveryTerm as ComparedRecord["deliveryTerm"] | null;
  const asAsked = request.deliveryTerm === null ? null : request.deliveryTerm === deliveryTerm;
  return {
    quoteId: answer.id,
    vendorId: found.row.vendorId,
    ...present({ vendorName: found.vendorName }),
    version: version.no,
    currency: version.currency,
    validUntil: instantOf(version.validUntil),
    lines: answer.lines.map((line) => comparedLineOf(line, own(line.amount))),
    ...present({ ownTotal: own(ownTotal), addition: asked(found.row.addition), total: asked(total) }),
    ...present({ rank, reason, reasonLineNo, rate: rateOf(answer.rate) }),
    ...present({ deliveryTerm, deliveryPlace, deliveryTermAsAsked: asAsked, deliveryTermRank }),
    ...present({ leadTimeDays, leadTimeRank }),
  };
}

function comparedLineOf(line: ComparedLine, amount: string | null): ComparedRecord["lines"][number] {
  const { lineNo, position, unitPrice, rank, reason, tiers } = line;
  return {
    lineNo,
    ...present({ tier: position, unitPrice: perUnit(unitPrice), amount, rank, reason }),
    tiers: tiers.map((tier) => ({
      tier: tier.position,
      ...present({ unitPrice: perUnit(tier.unitPrice), reason: tier.reason }),
    })),
  };
}

/** To six decimals; what is decided is decided on the exact number. */
function perUnit(price: ComparedLine["unitPrice"]): string | null {
  return price && millionthsText(roundDivide(price.num * 1_000_000n, price.den));
}

/** Decimals of a stored rate. */
const rateScale = 18;

function rateOf(rate: ComparedQuote["rate"]) {
  if (rate === null) return null;
  const { from, to, source, at } = rate;
  const text = formatDecimal(rate.rate.num, rateScale).replace(/\.?0+$/, "");
  return { from, to, rate: text, source, at: instantOf(at) };
}
