import type { Problem } from "@kontor/protocol";
import { TenderTerms } from "@kontor/protocol";
import type { StepName } from "./step-names.ts";
import { stepNames } from "./step-names.ts";

/** What keeps the terms from being saved or published; `pointer` leads into the terms. */
export type TermsProblem = { readonly pointer: string; readonly rule: string };

/** What may be left out, and mostly should not. */
export type Wish = { readonly step: StepName; readonly name: WishName; readonly pointer: string };
export type WishName = "description" | "start_price" | "invitations" | "questions_until";

export type StepStanding = "done" | "needs_work" | "blocked" | "open";

/** Step that has the field of a pointer. */
export function stepOf(pointer: string): StepName {
  if (pointer.startsWith("/procedure/admission")) return "suppliers";
  if (pointer.startsWith("/procedure")) return "procedure";
  if (pointer.startsWith("/calendar")) return "time";
  if (/^\/lots\/\d+\/rules\/startPrice/.test(pointer)) return "lots";
  if (/^\/lots\/\d+\/rules\/format/.test(pointer)) return "procedure";
  if (/^\/lots\/\d+\/rules/.test(pointer)) return "rules";
  return pointer.startsWith("/lots") ? "lots" : "need";
}

/** What the server would not even take as a draft. */
export function shapeProblems(terms: TenderTerms): readonly TermsProblem[] {
  const parsed = TenderTerms.safeParse(terms);
  if (parsed.success) return [];
  const found = parsed.error.issues.map(({ path }) => pointerOf(path));
  return [...new Set(found)].map((pointer) => ({
    pointer,
    rule: valueAt(terms, pointer) === "" ? "required" : "invalid",
  }));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join("");
}

const dateNames = ["questionsUntil", "submissionsUntil", "auctionOpensAt"] as const;

/** What publication needs of the dates. The server judges again by its own clock. */
export function calendarProblems(terms: TenderTerms, nowMs: number): readonly TermsProblem[] {
  const { calendar, procedure, lots } = terms;
  const isAuctioned = lots.some(({ rules }) => rules.format !== "sealed");
  const needsDeadline = procedure.initialPrices !== "none" || !isAuctioned;
  const needed = { questionsUntil: false, submissionsUntil: needsDeadline, auctionOpensAt: isAuctioned };
  const problems: TermsProblem[] = [];
  let before: number | null = null;
  for (const name of dateNames) {
    const pointer = `/calendar/${name}`;
    const text = calendar[name];
    if (text === null) {
      if (needed[name]) problems.push({ pointer, rule: "date_missing" });
      continue;
    }
    const at = Date.parse(text);
    if (at <= nowMs) problems.push({ pointer, rule: "date_past" });
    else if (before !== null && at < before) problems.push({ pointer, rule: "date_order" });
    before = at;
  }
  return problems;
}

/** Everything the server said against the terms; empty when it refused for another reason. */
export function faultsOfAnswer(problem: Problem): readonly TermsProblem[] {
  const { faults } = problem as { readonly faults?: unknown };
  if (problem.code !== "terms_incomplete" || !Array.isArray(faults)) return [];
  return faults.filter(
    (fault): fault is TermsProblem => typeof fault?.pointer === "string" && typeof fault?.rule === "string",
  );
}

/** Those of the server's faults whose place in the document is as it was when they were said. */
export function standingFaults(
  faults: readonly TermsProblem[],
  refused: TenderTerms,
  terms: TenderTerms,
): readonly TermsProblem[] {
  const textAt = (document: TenderTerms, pointer: string): string => JSON.stringify(valueAt(document, pointer)) ?? "";
  return faults.filter(({ pointer }) => textAt(refused, pointer) === textAt(terms, pointer));
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

export function wishesOf(terms: TenderTerms, invitedCount: number): readonly Wish[] {
  const wishes: Wish[] = [];
  if (terms.description.trim() === "") wishes.push({ step: "need", name: "description", pointer: "/description" });
  terms.lots.forEach(({ rules }, index) => {
    if (rules.format === "sealed" || rules.startPrice !== null) return;
    wishes.push({ step: "lots", name: "start_price", pointer: `/lots/${index}/rules/startPrice` });
  });
  if (terms.procedure.admission.mode === "invited" && invitedCount === 0)
    wishes.push({ step: "suppliers", name: "invitations", pointer: "/procedure/admission/mode" });
  if (terms.calendar.questionsUntil === null)
    wishes.push({ step: "time", name: "questions_until", pointer: "/calendar/questionsUntil" });
  return wishes;
}

/** How every step stands. The last is never done before the server has published. */
export function standingsOf(
  problems: readonly TermsProblem[],
  wishes: readonly Wish[],
): Readonly<Record<StepName, StepStanding>> {
  const blocked = new Set(problems.map(({ pointer }) => stepOf(pointer)));
  const wanting = new Set(wishes.map(({ step }) => step));
  const standing = (step: StepName): StepStanding => {
    if (step === "check") return problems.length > 0 ? "blocked" : "open";
    if (blocked.has(step)) return "blocked";
    return wanting.has(step) ? "needs_work" : "done";
  };
  return Object.fromEntries(stepNames.map((step) => [step, standing(step)])) as Record<StepName, StepStanding>;
}

/** Id of the field at a pointer, so that a problem leads to it. */
export function fieldIdOf(pointer: string): string {
  return `terms${pointer.replaceAll("/", "-")}`;
}
