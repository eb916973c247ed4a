import { jsonBytesOf, limits } from "@kontor/kernel";
import type { Refusal } from "./call.ts";
import type { Amendment, Supplier, Tender } from "./state.ts";

/*
 * Nothing that people write grows without end: a journal, a state and above all a view have to be read. Texts are counted
 * in the bytes that they take in a view, the owner's, which shows all of them.
 */

/** `rule` says what is full, `limit` how much of it there may be. */
function full(rule: string, limit: number): Refusal {
  return { code: "limit_reached", rule, limit };
}

function within(rule: string, used: number, limit: number): Refusal {
  return used <= limit ? null : full(rule, limit);
}

function bytesOf(texts: Iterable<string>): number {
  let bytes = 0;
  for (const text of texts) bytes += jsonBytesOf(text);
  return bytes;
}

/** Whether a further question of the company fits, in number and length. */
export function roomForQuestion({ questions }: Tender, companyId: string, text: string): Refusal {
  const all = [...questions.values()];
  const own = all.filter((question) => question.companyId === companyId);
  const length = jsonBytesOf(text);
  const lengthOf = (list: typeof all): number => length + bytesOf(list.map((question) => question.text));
  return (
    within("questions_per_company", own.length + 1, limits.questionsPerCompanyMax) ??
    within("questions", all.length + 1, limits.questionsPerShardMax) ??
    within("question_bytes_per_company", lengthOf(own), limits.questionBytesPerCompanyMax) ??
    within("question_bytes", lengthOf(all), limits.questionBytesPerShardMax)
  );
}

export function roomForAnswer({ questions }: Tender, text: string): Refusal {
  const answers = [...questions.values()].map(({ answer }) => answer?.text ?? "");
  return within("answer_bytes", jsonBytesOf(text) + bytesOf(answers), limits.answerBytesPerShardMax);
}

export function roomForRevision({ version }: Tender): Refusal {
  return within("revisions", version, limits.revisionsPerShardMax);
}

function bytesOfAmendment({ reason, changed }: Pick<Amendment, "reason" | "changed">): number {
  return jsonBytesOf(reason) + bytesOf(changed);
}

export function roomForAmendment({ amendments }: Tender, next: Pick<Amendment, "reason" | "changed">): Refusal {
  const bytes = [next, ...amendments].reduce((sum, amendment) => sum + bytesOfAmendment(amendment), 0);
  return (
    within("amendments", amendments.length + 1, limits.amendmentsPerShardMax) ??
    within("amendment_bytes", bytes, limits.amendmentBytesPerShardMax)
  );
}

/** So short a reason is always taken: a company that has to go can be sent away. */
const shortReasonBytes = 64;

/** Whether the reason for refusing or excluding the company fits, in place of what was said of it before. */
export function roomForReason({ suppliers }: Tender, companyId: string, reason: string): Refusal {
  const bytes = jsonBytesOf(reason);
  if (bytes <= shortReasonBytes) return null;
  const isOther = (supplier: Supplier): boolean => supplier.companyId !== companyId;
  const others = [...suppliers.values()].filter(isOther).map((supplier) => supplier.reason ?? "");
  return within("supplier_reason_bytes", bytes + bytesOf(others), limits.supplierReasonBytesPerShardMax);
}

export function roomForSupplier({ suppliers }: Tender): Refusal {
  return within("suppliers", suppliers.size + 1, limits.companiesPerShardMax);
}
