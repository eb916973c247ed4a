import { limits } from "@kontor/kernel";
import type { TenderTerms } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { lotTerms, tenderId, terms } from "./given.ts";
import type { TenderAnswer, Venue } from "./venue.ts";
import { accepted, drafted, owner, published } from "./venue.ts";

const full = (rule: string, limit: number) => ({ code: "limit_reached", rule, limit });
const ask = (place: Venue, company: string, text = "?"): TenderAnswer => place.by(company, "ask_question", { text });
const answer = (place: Venue, number: number, text: string): TenderAnswer =>
  place.by(owner, "answer_question", { questionId: `${tenderId}-q${number}`, text, published: true });
const amend = (place: Venue, changes: object, reason = "second thoughts"): TenderAnswer =>
  place.by(owner, "amend_tender", { expectedVersion: place.notice().version, changes, reason });
const longest = "q".repeat(limits.textMax);

describe("questions", () => {
  test("of one company leave room for those of others", () => {
    const place = published();
    for (let count = 0; count < limits.questionsPerCompanyMax; count++) accepted(ask(place, "ada"));
    expect(ask(place, "ada").rejection).toEqual(full("questions_per_company", limits.questionsPerCompanyMax));
    accepted(ask(place, "bob"));
  });

  test("of all companies are limited", () => {
    const place = published();
    for (let count = 0; count < limits.questionsPerShardMax; count++) accepted(ask(place, `company-${count % 20}`));
    expect(ask(place, "late").rejection).toEqual(full("questions", limits.questionsPerShardMax));
  });

  test("of one company are limited in length, in the bytes that they take", () => {
    const place = published();
    for (let count = 0; count < 3; count++) accepted(ask(place, "ada", longest));
    expect(ask(place, "ada", longest).rejection).toEqual(
      full("question_bytes_per_company", limits.questionBytesPerCompanyMax),
    );
    accepted(ask(place, "ada", "q".repeat(limits.questionBytesPerCompanyMax - 3 * limits.textMax)));
    expect(ask(place, "ada", "?").rejection?.rule).toBe("question_bytes_per_company");
    expect(ask(place, "bob", "界".repeat(limits.textMax)).rejection).toBeNull();
    expect(ask(place, "bob", "界".repeat(1_000)).rejection?.rule).toBe("question_bytes_per_company");
  });

  test("of all companies are limited in length", () => {
    const place = published();
    for (let count = 0; count < 13; count++) accepted(ask(place, `company-${count}`, longest));
    expect(ask(place, "late", longest).rejection).toEqual(full("question_bytes", limits.questionBytesPerShardMax));
    accepted(ask(place, "late", "Which harbour?"));
  });

  test("do not use up the room for answers, which have their own", () => {
    const place = published();
    for (let count = 0; count < 13; count++) accepted(ask(place, `company-${count}`, longest));
    accepted(ask(place, "late"));
    for (let number = 1; number <= 13; number++) accepted(answer(place, number, longest));
    expect(answer(place, 14, longest).rejection).toEqual(full("answer_bytes", limits.answerBytesPerShardMax));
    accepted(answer(place, 14, "Rotterdam."));
  });
});

describe("the owner's own texts", () => {
  test("as many revisions of a draft as there may be", () => {
    const place = drafted();
    for (let version = 1; version <= limits.revisionsPerShardMax; version++)
      accepted(place.by(owner, "revise_tender", { expectedVersion: version, terms: terms() }));
    const once = { expectedVersion: limits.revisionsPerShardMax + 1 };
    expect(place.by(owner, "revise_tender", { ...once, terms: terms() }).rejection).toEqual(
      full("revisions", limits.revisionsPerShardMax),
    );
    accepted(place.by(owner, "publish_tender", once));
  });

  test("as many amendments as there may be", () => {
    const place = published();
    for (let count = 0; count < limits.amendmentsPerShardMax; count++)
      accepted(amend(place, { title: `Copper ${count}` }));
    expect(amend(place, { title: "Tin" }).rejection).toEqual(full("amendments", limits.amendmentsPerShardMax));
  });

  test("amendments whose reasons and lists of changes do not outgrow the notice", () => {
    const place = published();
    const reason = "r".repeat(limits.reasonMax);
    let count = 0;
    while (amend(place, { title: `Copper ${count}` }, reason).rejection === null) count++;
    expect(count).toBe(Math.floor(limits.amendmentBytesPerShardMax / (limits.reasonMax + "/title".length)));
    expect(amend(place, { title: "Tin" }, reason).rejection).toEqual(
      full("amendment_bytes", limits.amendmentBytesPerShardMax),
    );
    accepted(amend(place, { title: "Tin" }, "wrong metal"));
  });

  test("reasons for refusing and excluding, but a short one is always taken", () => {
    const place = published();
    const reason = "r".repeat(limits.reasonMax);
    const room = Math.floor(limits.supplierReasonBytesPerShardMax / limits.reasonMax);
    for (let count = 0; count <= room + 1; count++) accepted(place.by(`c${count}`, "request_admission"));
    const exclude = (count: number, why: string) =>
      place.by(owner, "exclude_supplier", { companyId: `c${count}`, reason: why });
    for (let count = 0; count < room; count++) accepted(exclude(count, reason));
    expect(exclude(room, reason).rejection).toEqual(
      full("supplier_reason_bytes", limits.supplierReasonBytesPerShardMax),
    );
    accepted(exclude(room, "r".repeat(64)));
    accepted(exclude(room + 1, "cartel"));
  });
});

/** As large as a request that counts as one. */
function largeNotice(): TenderTerms {
  const lots = (length: number) =>
    Array.from({ length: limits.partsPerShardMax }, () => lotTerms({ description: "d".repeat(length) }));
  const rest = JSON.stringify(terms({ lots: lots(0) })).length;
  return terms({ lots: lots(Math.floor((limits.bodyBytesMax - rest) / limits.partsPerShardMax)) });
}

test("with a large notice and everything else at its limit the owner's view is below a mebibyte", () => {
  const place = published(largeNotice());
  for (let count = 0; count < limits.companiesPerShardMax; count++)
    accepted(place.by(`${count}`.padStart(36, "c"), "request_admission"));
  const company = (count: number): string => `${count % limits.companiesPerShardMax}`.padStart(36, "c");
  const length = Math.floor(limits.questionBytesPerShardMax / limits.questionsPerShardMax);
  for (let count = 0; count < limits.questionsPerShardMax; count++) {
    accepted(ask(place, company(count), "q".repeat(length)));
    accepted(answer(place, count + 1, "a".repeat(length)));
  }
  const reason = "r".repeat(limits.amendmentBytesPerShardMax / limits.amendmentsPerShardMax - "/title".length - 1);
  for (let count = 0; count < limits.amendmentsPerShardMax; count++)
    accepted(amend(place, { title: `${count}` }, reason));
  const why = "r".repeat(limits.reasonMax);
  for (let count = 0; count < 16; count++)
    accepted(place.by(owner, "exclude_supplier", { companyId: company(count), reason: why }));
  expect(Buffer.byteLength(JSON.stringify(place.tender().owner))).toBeLessThan(limits.conflateAboveBytes);
}, 30_000);
