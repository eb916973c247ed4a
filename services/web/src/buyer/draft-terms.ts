import type { Calendar, Direction, LotRules, LotTerms, Procedure, ProcedurePreset, TenderView } from "@kontor/protocol";
import { LotRules as LotRulesShape, TenderTerms } from "@kontor/protocol";

/** What a tender is begun with; the rest comes from the procedure and is written in the wizard. */
export type TenderStart = {
  readonly title: string;
  readonly reference: string;
  readonly direction: Direction;
  readonly currency: string;
  readonly quantity: LotTerms["quantity"];
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Calendar of a procedure that is published about now: whole hours, the auction a day after the deadline. */
function calendarOf(preset: ProcedurePreset, nowMs: number): Calendar {
  const after = (days: number | null): string | null =>
    days === null ? null : new Date(Math.ceil(nowMs / hourMs) * hourMs + days * dayMs).toISOString();
  const { questions, submissions } = preset.days;
  return {
    questionsUntil: after(questions),
    submissionsUntil: after(submissions),
    auctionOpensAt: preset.procedure.liveAuction && submissions !== null ? after(submissions + 1) : null,
  };
}

/** Terms of a new draft with one lot. Half a percent is a step that any price can have. */
export function startedTerms(start: TenderStart, preset: ProcedurePreset, nowMs: number): TenderTerms {
  const { title, reference, direction, currency, quantity } = start;
  const rules = withProcedureRules(
    LotRulesShape.parse({
      format: "sealed",
      currency,
      priceScale: 2,
      stepMin: { kind: "percent", percent: "0.5", of: "current" },
      durationMs: 0,
      softClose: { variant: "none" },
    }),
    preset,
    direction,
  );
  return TenderTerms.parse({
    title,
    reference,
    direction,
    currency,
    procedure: preset.procedure,
    calendar: calendarOf(preset, nowMs),
    lots: [{ title, quantity, rules }],
  });
}

/** The terms under another procedure: prices and steps stay, how and when it runs is the procedure's. */
export function underProcedure(terms: TenderTerms, preset: ProcedurePreset): TenderTerms {
  const lots = terms.lots.map((lot) => ({ ...lot, rules: withProcedureRules(lot.rules, preset, terms.direction) }));
  return { ...terms, procedure: preset.procedure, lots };
}

function withProcedureRules(rules: LotRules, { lots }: ProcedurePreset, direction: Direction): LotRules {
  const format = lots.format === "english_reverse" && direction === "sell" ? "english_forward" : lots.format;
  return { ...rules, ...lots, format };
}

/** Whether tender and lots run just as the procedure has it. */
export function followsPreset({ procedure, lots, direction }: TenderTerms, preset: ProcedurePreset): boolean {
  return (
    isSame(procedure, preset.procedure) &&
    lots.every(({ rules }) => isSame(rules, withProcedureRules(rules, preset, direction)))
  );
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** A tender that one runs, as terms again: what the view leaves out was left open. @throws ZodError for another's view */
export function termsOfView(view: TenderView): TenderTerms {
  const { title, description, reference, direction, currency, procedure, calendar } = view;
  const lots = Object.values(view.lots)
    .sort((a, b) => a.number - b.number)
    .map(({ terms }) => ({ ...terms, rules: withBuffers(terms.rules) }));
  return TenderTerms.parse({ title, description, reference, direction, currency, procedure, calendar, lots });
}

function withBuffers(rules: TenderView["lots"][string]["terms"]["rules"]) {
  if (rules?.buffers === undefined) return rules;
  const { front = null, back = null } = rules.buffers;
  return { ...rules, buffers: { front, back } };
}

/** A copy to begin with: without the dates, which have passed. */
export function copiedTerms(view: TenderView, title: string): TenderTerms {
  const calendar: Calendar = { questionsUntil: null, submissionsUntil: null, auctionOpensAt: null };
  return { ...termsOfView(view), title, reference: "", calendar };
}

/** One more lot under the rules of the last. */
export function withLot(terms: TenderTerms): TenderTerms {
  const last = terms.lots.at(-1);
  if (last === undefined) return terms;
  return { ...terms, lots: [...terms.lots, emptyLot(last)] };
}

export function emptyLot({ quantity, delivery, rules }: LotTerms): LotTerms {
  return {
    title: "",
    description: "",
    grade: "",
    quantity: { value: "", unit: quantity.unit },
    delivery,
    estimatedValue: null,
    rules: { ...rules, startPrice: null, reserve: null },
  };
}

export function withoutLot(terms: TenderTerms, index: number): TenderTerms {
  return { ...terms, lots: terms.lots.filter((_, at) => at !== index) };
}

export function withChangedLot(terms: TenderTerms, index: number, changes: Partial<LotTerms>): TenderTerms {
  return { ...terms, lots: terms.lots.map((lot, at) => (at === index ? { ...lot, ...changes } : lot)) };
}

/** The same change in the rules of every lot. */
export function withChangedRules(terms: TenderTerms, changes: Partial<LotRules>): TenderTerms {
  return { ...terms, lots: terms.lots.map((lot) => ({ ...lot, rules: { ...lot.rules, ...changes } })) };
}

/** A tender has one currency; its lots follow. */
export function inCurrency(terms: TenderTerms, currency: string): TenderTerms {
  return { ...withChangedRules(terms, { currency }), currency };
}

export function withChangedProcedure(terms: TenderTerms, changes: Partial<Procedure>): TenderTerms {
  return { ...terms, procedure: { ...terms.procedure, ...changes } };
}
