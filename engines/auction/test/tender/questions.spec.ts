import { describe, expect, test } from "vitest";
import { day, tenderId, terms } from "./given.ts";
import { accepted, owner, published } from "./venue.ts";

const first = `${tenderId}-q1`;

describe("questions", () => {
  test("come from anybody who could take part, and are answered once, to all or to the asker", () => {
    const place = published();
    expect(place.by("ada", "ask_question", { text: "Which tolerance?" }).reply).toEqual({ questionId: first });
    accepted(place.by("bob", "ask_question", { text: "Our usual terms?" }));
    expect(place.tender().participant).toMatchObject({ questions: {} });
    accepted(place.by(owner, "answer_question", { questionId: first, text: "Two per cent.", published: true }));
    accepted(place.by(owner, "answer_question", { questionId: `${tenderId}-q2`, text: "Yes.", published: false }));
    expect(
      place.by(owner, "answer_question", { questionId: first, text: "Three.", published: true }).rejection?.code,
    ).toBe("already_answered");
    const { participant, public: open, owner: all, own } = place.tender();
    expect(participant).toBe(open);
    expect(Object.entries(participant?.["questions"] ?? {})).toEqual([
      [
        first,
        { at: expect.any(String), answeredAt: expect.any(String), text: "Which tolerance?", answer: "Two per cent." },
      ],
    ]);
    expect(Object.values(all?.["questions"] ?? {})).toMatchObject([
      { companyId: "ada" },
      { companyId: "bob", published: false },
    ]);
    expect(own.get("bob")).toEqual({
      companyId: "bob",
      questions: { [`${tenderId}-q2`]: { at: expect.any(String), text: "Our usual terms?", answer: "Yes." } },
    });
  });

  test("end with their period, answers do not", () => {
    const place = published();
    accepted(place.by("ada", "ask_question", { text: "?" }));
    place.pass(day);
    expect(place.notice().phase).toBe("submission");
    expect(place.by("ada", "ask_question", { text: "One more?" }).rejection).toMatchObject({
      code: "questions_closed",
      lateByMs: 0.001,
    });
    accepted(place.by(owner, "answer_question", { questionId: first, text: "!", published: true }));
  });

  test("without a period of their own last until the submission deadline", () => {
    const place = published(terms({ calendar: { questionsUntil: null } }));
    place.pass(2 * day - 1);
    accepted(place.by("ada", "ask_question", { text: "?" }));
    place.pass(1);
    expect(place.by("ada", "ask_question", { text: "?" }).rejection?.code).toBe("questions_closed");
  });

  test("are the invited's alone in a tender by invitation, and never the owner's", () => {
    const place = published(terms({ procedure: { admission: { mode: "invited", approval: "automatic" } } }));
    expect(place.by("ada", "ask_question", { text: "?" }).rejection?.code).toBe("not_invited");
    expect(place.by(owner, "ask_question", { text: "?" }).rejection?.code).toBe("own_lot");
    accepted(place.by(owner, "invite_supplier", { companyId: "ada" }));
    accepted(place.by("ada", "ask_question", { text: "?" }));
    expect(place.by("ada", "answer_question", { questionId: first, text: "!", published: true }).rejection?.code).toBe(
      "not_owner",
    );
    expect(
      place.by(owner, "answer_question", { questionId: `${tenderId}-q2`, text: "!", published: true }).rejection?.code,
    ).toBe("question_not_found");
  });
});
