import { accept, reject } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { actingSupplier, outsiderOnly, ownerOnly, underWay } from "./access.ts";
import type { TenderCall, TenderDecision } from "./call.ts";
import { questionsOpen } from "./deadlines.ts";
import { roomForAnswer, roomForQuestion } from "./growth.ts";

/** Anybody who could take part may ask, admitted or not; in a tender by invitation only the invited. */
export function askQuestion(call: TenderCall<"ask_question">): TenderDecision {
  const { tender, actor, command, at } = call;
  const supplier = actingSupplier(call);
  const stranger = tender.terms.procedure.admission.mode === "invited" && supplier === undefined;
  const refusal =
    outsiderOnly(call) ??
    (stranger ? ({ code: "not_invited" } as const) : null) ??
    (supplier?.standing === "excluded" ? ({ code: "bidder_excluded" } as const) : null) ??
    underWay(tender) ??
    questionsOpen(tender, at);
  if (refusal !== null || actor.companyId === null) return reject(refusal ?? { code: "not_admitted" });
  const full = roomForQuestion(tender, actor.companyId, command.text);
  if (full !== null) return reject(full);
  return accept<TenderEvent>({
    type: "question_asked",
    tenderId: tender.tenderId,
    questionId: `${tender.tenderId}-q${tender.questions.size + 1}`,
    companyId: actor.companyId,
    text: command.text,
  });
}

export function answerQuestion(call: TenderCall<"answer_question">): TenderDecision {
  const { tender, command } = call;
  const { tenderId, questionId, text, published } = command;
  const stranger = ownerOnly(call);
  if (stranger !== null) return reject(stranger);
  const question = tender.questions.get(questionId);
  if (question === undefined) return reject({ code: "question_not_found" });
  const refusal = underWay(tender);
  if (refusal !== null) return reject(refusal);
  if (question.answer !== null) return reject({ code: "already_answered" });
  const full = roomForAnswer(tender, text);
  if (full !== null) return reject(full);
  return accept<TenderEvent>({ type: "question_answered", tenderId, questionId, text, published });
}
