import type { JsonObject } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { Supplier, Tender } from "./state.ts";
import { remember } from "./view-cache.ts";

/** Each company's own questions with their answers, published or not. */
function questionsByCompany(tender: Tender): ReadonlyMap<string, JsonObject> {
  const { cache, questions } = tender;
  const remembered = remember(cache.questionsOf, [cache.questionsRevision], () => {
    const entries = new Map<string, [string, JsonObject][]>();
    for (const { questionId, companyId, at, text, answer } of questions.values()) {
      const view = { at: instantOfMicros(at), text, ...(answer === null ? {} : { answer: answer.text }) };
      const known = entries.get(companyId);
      if (known === undefined) entries.set(companyId, [[questionId, view]]);
      else known.push([questionId, view]);
    }
    return new Map([...entries].map(([companyId, list]) => [companyId, Object.fromEntries(list)]));
  });
  cache.questionsOf = remembered;
  return remembered.value;
}

function ownView(companyId: string, supplier: Supplier | undefined, questions: JsonObject | undefined): JsonObject {
  return {
    companyId,
    ...(supplier === undefined ? {} : { state: supplier.standing }),
    ...(supplier === undefined || supplier.reason === null ? {} : { reason: supplier.reason }),
    ...(supplier?.pricesInvalidated === true ? { initialPricesInvalidated: true } : {}),
    ...(questions === undefined ? {} : { questions }),
  };
}

/** What each company sees of its own part in the tender: suppliers of any state, and whoever has asked. */
export function tenderOwnViews(tender: Tender): ReadonlyMap<string, JsonObject> {
  const { cache, suppliers } = tender;
  const questions = questionsByCompany(tender);
  const own = new Map<string, JsonObject>();
  for (const companyId of new Set([...suppliers.keys(), ...questions.keys()])) {
    const inputs = [suppliers.get(companyId), questions.get(companyId)] as const;
    const remembered = remember(cache.own.get(companyId), inputs, () => ownView(companyId, ...inputs));
    cache.own.set(companyId, remembered);
    own.set(companyId, remembered.value);
  }
  return own;
}
