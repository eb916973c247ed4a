import { expect, test } from "vitest";
import { nextDeadline } from "../../src/tenders/tender-deadline.ts";
import { isFiltered, readTenderSearch } from "../../src/tenders/tender-search.ts";

test("an address gives the filters that it names rightly, and no others", () => {
  const typed = {
    q: "copper",
    phase: "auction",
    direction: "up",
    owner: "you",
    takingPart: "me",
    sort: "deadline",
    x: 1,
  };
  expect(readTenderSearch(typed)).toEqual({ q: "copper", phase: "auction", takingPart: "me", sort: "deadline" });
  expect(readTenderSearch({ q: "  ", phase: ["auction"] })).toEqual({});
  expect([isFiltered({ sort: "deadline" }), isFiltered({ q: "x" })]).toEqual([false, true]);
});

test("the next deadline follows the phase, not a clock", () => {
  const calendar = { questionsUntil: "q", submissionsUntil: "s", auctionOpensAt: "a" };
  expect(nextDeadline({ ...calendar, phase: "enquiries" })).toEqual({ what: "questions", at: "q" });
  expect(nextDeadline({ ...calendar, phase: "submission" })).toEqual({ what: "submissions", at: "s" });
  expect(nextDeadline({ ...calendar, phase: "waiting" })).toEqual({ what: "auction", at: "a" });
  expect(nextDeadline({ ...calendar, phase: "evaluation" })).toBeNull();
});
