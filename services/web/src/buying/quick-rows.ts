import type { QuickOrderLine, QuickOrderRecord } from "@kontor/protocol";
import type { Block } from "./block.ts";
import { blockOf } from "./block.ts";

type Choice = NonNullable<QuickOrderLine["choices"]>[number];

/** A line that is not in the cart as it should be, and what can be done about it. */
export type QuickRow = {
  readonly row: number;
  readonly text: string;
  readonly kind: Exclude<QuickOrderLine["outcome"], "added"> | "faulty";
  readonly hint: string | null;
  readonly choices: readonly Choice[];
  /** Of a line that went into the cart with a quantity that cannot be ordered. */
  readonly lineId: string | null;
  readonly unit: string | null;
  readonly blocks: readonly Block[];
};

export type QuickOutcome = { readonly added: number; readonly rows: readonly QuickRow[] };

/** What became of pasted lines: how many are in the cart, and those that want a hand, in their own order. */
export function quickOutcome({ lines, cart }: QuickOrderRecord): QuickOutcome {
  const units = new Map(cart.lines.map(({ lineId, unit }) => [lineId, unit]));
  const rows = lines
    .filter(({ outcome, faults = [] }) => outcome !== "added" || faults.length > 0)
    .map(
      ({ row, text, outcome, reason, choices = [], lineId, faults = [] }): QuickRow => ({
        row,
        text,
        kind: outcome === "added" ? "faulty" : outcome,
        hint: reason?.hint ?? null,
        choices,
        lineId: lineId ?? null,
        unit: units.get(lineId ?? "") ?? null,
        blocks: faults.map(blockOf),
      }),
    );
  return { added: lines.filter(({ outcome }) => outcome === "added").length, rows };
}

/** The same after one row was sent again: it goes, or stays with what is wrong with it now. */
export function mended(outcome: QuickOutcome, row: number, answer: QuickOutcome): QuickOutcome {
  const [still] = answer.rows;
  const rows = outcome.rows.flatMap((one) => {
    if (one.row !== row) return [one];
    return still === undefined ? [] : [{ ...still, row }];
  });
  return { added: outcome.added + answer.added, rows };
}

/** The row taken off the list, because it is right now or not wanted. */
export function settled(outcome: QuickOutcome, row: number): QuickOutcome {
  return { ...outcome, rows: outcome.rows.filter((one) => one.row !== row) };
}

/** The number at the end of a pasted line, as it stands there; null where there is none. */
export function quantityIn(text: string): string | null {
  return (
    text
      .trim()
      .split(/[\t; ]+/)
      .findLast((part) => /^\d+([.,]\d+)?$/.test(part))
      ?.replace(",", ".") ?? null
  );
}
