import type { TenderTerms } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { expect, test } from "vitest";
import type { Revision } from "../../src/buyer/draft-saver.ts";
import { DraftSaver } from "../../src/buyer/draft-saver.ts";
import { shapeProblems } from "../../src/buyer/wizard-state.ts";
import { draftUnder } from "./drafts.ts";

const accepted: CommandOutcome = {
  ok: true,
  receipt: { epoch: 1, seq: 1, at: "2027-02-01T09:20:00Z", result: {} },
};
const terms = draftUnder("open_tender");
const titled = (title: string): TenderTerms => ({ ...terms, title });

function saverWith(...answers: readonly CommandOutcome[]) {
  const sent: Revision[] = [];
  const waiting: (() => void)[] = [];
  const saver = new DraftSaver({
    version: 3,
    terms,
    send: (revision) => {
      sent.push(revision);
      return Promise.resolve(answers[sent.length - 1] ?? accepted);
    },
    newKey: () => `key-${sent.length}`,
    canSave: (one) => shapeProblems(one).length === 0,
    later: (then) => {
      waiting.push(then);
      return () => waiting.splice(waiting.indexOf(then), 1);
    },
  });
  return { saver, sent, waiting };
}

test("many changes are one revision of the newest version", async () => {
  const { saver, sent, waiting } = saverWith();
  for (const title of ["C", "Co", "Copper"]) saver.change(titled(title));
  expect(waiting).toHaveLength(1);
  expect(await saver.flush()).toBe(true);
  expect(sent.map((one) => [one.expectedVersion, one.terms.title])).toEqual([[3, "Copper"]]);
  expect([saver.version, saver.state()]).toEqual([4, { kind: "saved" }]);
  expect(waiting).toHaveLength(0);
});

test("what cannot be a draft is held back until it is put right", async () => {
  const { saver, sent } = saverWith();
  saver.change(titled(""));
  expect(saver.state()).toEqual({ kind: "held" });
  expect(await saver.flush()).toBe(false);
  expect(sent).toEqual([]);
});

test("an unanswered revision is asked for again by its own key, and only then the newer one", async () => {
  const unknown: CommandOutcome = { ok: false, problem: problemOf("outcome_unknown") };
  const { saver, sent } = saverWith(unknown);
  saver.change(titled("First"));
  expect(await saver.flush()).toBe(false);
  saver.change(titled("Second"));
  expect(await saver.flush()).toBe(true);
  expect(sent.map(({ key, expectedVersion, terms: { title } }) => [key, expectedVersion, title])).toEqual([
    ["key-0", 3, "First"],
    ["key-0", 3, "First"],
    ["key-2", 4, "Second"],
  ]);
});

test("a refusal is said and loses nothing", async () => {
  const stale: CommandOutcome = { ok: false, problem: problemOf("version_stale") };
  const { saver, sent } = saverWith(stale);
  saver.change(titled("Mine"));
  expect(await saver.flush()).toBe(false);
  expect(saver.state()).toMatchObject({ kind: "refused", problem: { code: "version_stale" } });
  expect(await saver.flush()).toBe(true);
  expect(sent.map(({ terms: { title } }) => title)).toEqual(["Mine", "Mine"]);
});
