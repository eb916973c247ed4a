import type { JsonObject } from "@kontor/kernel";
import { instantOfMicros, sha256Hex } from "@kontor/kernel";
import type { LotRules, LotTerms } from "@kontor/protocol";
import { capMsOf } from "../live/live-auction.ts";
import { instantMember, withoutNulls } from "./json-parts.ts";
import { tenderPhaseOf } from "./phases.ts";
import type { Lot, Question, Supplier, Tender } from "./state.ts";
import type { Remembered, TenderSection } from "./view-cache.ts";
import { remember } from "./view-cache.ts";

export type Audience = "shared" | "owner";

/** The rules with the cap that is in force where bids move the end: what nobody wrote holds all the same. */
function inForce({ softClose, ...rules }: LotRules): LotRules {
  const bidsMoveIt = softClose.variant !== "none" && softClose.variant !== "random_end";
  return { ...rules, softClose: bidsMoveIt ? { ...softClose, capMs: capMsOf(softClose) } : softClose };
}

/** A lot's terms as anybody may read them: without the estimate and a hidden reserve. */
function openTerms({ estimatedValue: _, rules, ...terms }: LotTerms): object {
  if (rules.reserve === null || rules.reserve.shown) return { ...terms, rules };
  return { ...terms, rules: { ...rules, reserve: null } };
}

function shownTerms(terms: LotTerms, audience: Audience): JsonObject {
  const shown = { ...terms, rules: inForce(terms.rules) };
  return withoutNulls(audience === "owner" ? shown : openTerms(shown));
}

function lotEntry(lot: Lot, audience: Audience): JsonObject {
  const { number, phase, terms, opensAt, endsAt } = lot;
  const entry = remember(lot.cache.entry[audience], [phase, terms, opensAt, endsAt], () => ({
    number,
    phase,
    terms: shownTerms(terms, audience),
    ...instantMember("opensAt", opensAt),
    ...instantMember("endsAt", endsAt),
  }));
  lot.cache.entry[audience] = entry;
  return entry.value;
}

function section(
  tender: Tender,
  name: TenderSection,
  made: { of: readonly unknown[]; build: () => JsonObject },
): JsonObject {
  const remembered = remember(tender.cache.sections[name], made.of, made.build);
  tender.cache.sections[name] = remembered;
  return remembered.value;
}

/** The view of a record that is replaced whole: made once. */
function recordView<Part extends Supplier | Question>(
  tender: Tender,
  part: Part,
  build: (part: Part) => JsonObject,
): JsonObject {
  const known = tender.cache.records.get(part);
  if (known !== undefined) return known;
  const view = build(part);
  tender.cache.records.set(part, view);
  return view;
}

function questionView({ at, text, answer, companyId }: Question): JsonObject {
  const asked = { at: instantOfMicros(at), text, companyId };
  if (answer === null) return asked;
  return { ...asked, answer: answer.text, answeredAt: instantOfMicros(answer.at), published: answer.published };
}

/** Published answers name nobody; the owner sees all questions and who asked. */
function questionsView(tender: Tender, audience: Audience): JsonObject {
  const { cache, questions } = tender;
  const remembered: Remembered<JsonObject> = remember(cache.questions[audience], [cache.questionsRevision], () => {
    const all = [...questions.values()];
    if (audience === "owner") {
      return Object.fromEntries(
        all.map((question) => [question.questionId, recordView(tender, question, questionView)]),
      );
    }
    const published = all.filter(({ answer }) => answer?.published === true);
    return Object.fromEntries(
      published.map((question) => {
        const { companyId: _, published: __, ...anonymous } = questionView(question);
        return [question.questionId, anonymous];
      }),
    );
  });
  cache.questions[audience] = remembered;
  return remembered.value;
}

function supplierState({ standing, at, reason }: Supplier): JsonObject {
  return { state: standing, at: instantOfMicros(at), ...(reason === null ? {} : { reason }) };
}

function suppliersView(tender: Tender): JsonObject {
  const { suppliers, cache } = tender;
  const build = (): JsonObject =>
    Object.fromEntries(
      [...suppliers.values()].map((supplier) => [supplier.companyId, recordView(tender, supplier, supplierState)]),
    );
  return section(tender, "suppliers", { of: [cache.suppliersRevision], build });
}

function amendmentsView(tender: Tender): JsonObject {
  const build = (): JsonObject =>
    Object.fromEntries(
      tender.amendments.map(({ version, at, changed, reason }) => [
        version,
        { at: instantOfMicros(at), changed, reason },
      ]),
    );
  return section(tender, "amendments", { of: [tender.amendments.length], build });
}

/** The tender as the notice tells it, and what only its owner and the marketplace's operator see besides. */
export function tenderView(tender: Tender, audience: Audience): JsonObject {
  const { terms, status, publishedAt, cancelledReason } = tender;
  const { title, description, reference, direction, currency, procedure, calendar } = terms;
  const over = status === "complete" || status === "unsuccessful";
  return {
    tenderId: tender.tenderId,
    marketplaceId: tender.marketplaceId,
    ownerCompanyId: tender.ownerCompanyId,
    version: tender.version,
    phase: tenderPhaseOf(tender),
    title,
    description,
    reference,
    direction,
    currency,
    procedure: section(tender, "procedure", { of: [procedure], build: () => withoutNulls(procedure) }),
    calendar: section(tender, "calendar", { of: [calendar], build: () => withoutNulls(calendar) }),
    ...instantMember("publishedAt", publishedAt),
    ...(cancelledReason === null ? {} : { cancelledReason }),
    ...(publishedAt === null ? {} : { drawCommitment: sha256Hex(tender.secret) }),
    ...(over ? { drawSecret: tender.secret } : {}),
    lots: Object.fromEntries([...tender.lots.values()].map((lot) => [lot.lotId, lotEntry(lot, audience)])),
    amendments: amendmentsView(tender),
    questions: questionsView(tender, audience),
    ...(audience === "owner" ? { suppliers: suppliersView(tender), supplierCount: tender.suppliers.size } : {}),
  };
}
