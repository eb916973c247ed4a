import type { PriceBook, Priced, TraceEntry } from "@kontor/catalog";
import type { PricesShown } from "@kontor/db";
import { formatDecimal, instantOfMicros } from "@kontor/kernel";
import type { PriceAnswer } from "@kontor/protocol";
import { nextRungs } from "./next-rungs.ts";
import type { LinePriced } from "./priced-lines.ts";

/** Without idle zeros: 8800000n is "8.8". */
function plain(value: bigint, scale = 6): string {
  const text = formatDecimal(value, scale);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A priced line as the wire has it. */
export function priceAnswerOf(line: LinePriced, facts: PricesShown, book: PriceBook): PriceAnswer {
  const { offerId, vendorId, resolution, quantity, unit, buyer, agreement } = line;
  const isShown = vendorId !== null && facts.shown.has(offerId);
  const head = {
    offerId,
    quantity: plain(quantity),
    unit,
    currency: buyer.currency,
    at: instantOfMicros(buyer.at),
    ...(facts.knownFrom === null ? {} : { knownFrom: instantOfMicros(facts.knownFrom) }),
    nextRungs: [],
    promotions: [],
  };
  if (!isShown) return { ...head, outcome: "on_request", cause: "offer_unknown", trace: [] };
  const known = {
    ...head,
    vendorId,
    quantityVerdict: verdictOf(line),
    ...(line.termsFault === null ? {} : { termsFault: faultOf(line.termsFault) }),
    ...(agreement === null ? {} : { agreement: { agreementId: agreement.agreementId, version: agreement.version } }),
    trace: resolution.trace.map((entry) => stepOf(entry, facts)),
  };
  if (resolution.outcome === "on_request") return { ...known, outcome: "on_request", cause: resolution.cause };
  const next = nextRungs(line, resolution, book);
  return {
    ...known,
    ...pricedMembers(line, resolution, facts),
    nextRungs: next.map((rung) => ({
      minQuantity: plain(rung.minQuantity),
      unit: rung.unit,
      price: plain(rung.unitPrice),
    })),
  };
}

function faultOf({ code, choices }: NonNullable<LinePriced["termsFault"]>) {
  return { code, ...(choices === undefined ? {} : { choices: [...choices] }) };
}

function pricedMembers(line: LinePriced, resolution: Priced, facts: PricesShown) {
  const { amounts, money } = line;
  const { unitPrice, basis, priceMode, source, listId, percent, tier, promotions } = resolution;
  const listName = facts.listNames.get(listId ?? "");
  const text = (amount: bigint): string => formatDecimal(amount, money.exponent);
  return {
    outcome: "priced" as const,
    unitPrice: plain(unitPrice),
    priceMode,
    basis: { priceBaseQuantity: plain(basis.priceBaseQuantity), unit: basis.unit },
    ...(amounts === null
      ? {}
      : {
          amount: text(priceMode === "net" ? amounts.net : amounts.gross),
          net: text(amounts.net),
          tax: text(amounts.tax),
          gross: text(amounts.gross),
        }),
    source,
    ...(listId === null ? {} : { listId }),
    ...(listName === undefined ? {} : { listName }),
    ...(percent === null ? {} : { percent: plain(percent, 4) }),
    ...(tier === null ? {} : { tier: tierOf(tier, basis.unit) }),
    promotions: promotions.map(({ promotionId, kind, before, after }) => ({
      promotionId,
      kind,
      before: plain(before),
      after: plain(after),
    })),
  };
}

/** The effective quantity is told to millionths, rounded down: no rung is reached by what it lacks. */
function tierOf({ minQuantity, effectiveQuantity: { num, den } }: NonNullable<Priced["tier"]>, unit: string) {
  return { minQuantity: plain(minQuantity), unit, effectiveQuantity: plain(num / den) };
}

function verdictOf({ quantityFault }: LinePriced): NonNullable<PriceAnswer["quantityVerdict"]> {
  if (quantityFault === null) return { allowed: true };
  const { code, unit, limit, neighbours, choices } = quantityFault;
  return {
    allowed: false,
    code,
    ...(unit === undefined ? {} : { unit }),
    ...(limit === undefined ? {} : { limit }),
    ...(neighbours === undefined ? {} : { neighbours }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
  };
}

function stepOf(entry: TraceEntry, { listNames }: PricesShown): PriceAnswer["trace"][number] {
  const { level, distance, target, listId, rowId, verdict } = entry;
  const listName = listNames.get(listId ?? "");
  return {
    level,
    distance,
    target,
    ...(listId === null ? {} : { listId }),
    ...(listName === undefined ? {} : { listName }),
    ...(rowId === null ? {} : { rowId }),
    verdict,
  };
}
