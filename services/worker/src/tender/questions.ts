import type { Projection } from "./records.ts";

/** Questions on a tender and their answers. */
export const projectQuestions: Projection = ({ tenders, questions }, { event, seq, at }) => {
  switch (event.type) {
    case "question_asked": {
      const { tenderId, questionId, companyId, text } = event;
      const marketplaceId = tenders.get(tenderId)?.marketplaceId;
      if (marketplaceId === undefined) return;
      const open = { answer: null, answeredAt: null, published: false };
      return questions.put({ id: questionId, tenderId, marketplaceId, companyId, text, askedAt: at, ...open, seq });
    }
    case "question_answered": {
      const { text: answer, published } = event;
      return questions.change(event.questionId, seq, () => ({ answer, answeredAt: at, published }));
    }
    default:
      return;
  }
};
