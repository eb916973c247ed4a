import type { BatchPlan, BatchPlanner, BatchState, HeldImport, RejectedRow, StagedRow } from "@kontor/db";
import type { Mapping } from "@kontor/formats";
import { AlikeIndex } from "./alike-index.ts";
import { catalogRules } from "./catalogue-rules.ts";
import { planKnown } from "./plan-known.ts";
import { planNew } from "./plan-new.ts";
import { PlannedWrites } from "./planned-writes.ts";
import { RowFaults, rejectedOf } from "./row-faults.ts";

/** Decides about the rows of one import, as it would be decided of each by hand. */
export function createPlanner(held: HeldImport): BatchPlanner {
  const mapping = held.mapping as Mapping | null;
  return {
    likenesses: (rows, known) => {
      const fresh = rows.filter(({ row }) => !known.has(row.partNumber) && row.mode !== "withdraw");
      const gtins = new Set(fresh.flatMap(({ row }) => (row.gtins ?? []).map(({ gtin }) => gtin)));
      const numbers = fresh.flatMap(({ row }) => {
        const brand = row.brand ?? row.manufacturer ?? null;
        const partNo = row.manufacturerPartNumber ?? null;
        if (brand === null || partNo === null) return [];
        return [{ brandKey: catalogRules.keyOf(brand), partNoKey: catalogRules.keyOf(partNo) }];
      });
      return { gtins: [...gtins], numbers };
    },
    plan: (rows, state) => planBatch(rows, { held, state, mapping }),
    ladderProblem(row, { code, data }) {
      const faults = new RowFaults();
      faults.addKnown(code, "price", data);
      return rejectedOf(row, faults.problems, mapping);
    },
  };
}

type Planning = {
  readonly held: HeldImport;
  readonly state: BatchState;
  readonly mapping: Mapping | null;
};

function planBatch(rows: readonly StagedRow[], { held, state, mapping }: Planning): BatchPlan {
  const writes = new PlannedWrites(state);
  const alike = new AlikeIndex(state.alike);
  const rejected: RejectedRow[] = [];
  const counts = { created: 0, changed: 0, unchanged: 0, withdrawn: 0 };
  for (const staged of rows) {
    const faults = new RowFaults();
    const known = state.known.get(staged.row.partNumber);
    const scene = { held, state, writes, faults };
    const outcome =
      known === undefined ? planNew(staged.row, { ...scene, alike }) : planKnown(staged.row, known, scene);
    if (outcome === null) rejected.push(rejectedOf(staged, faults.problems, mapping));
    else counts[outcome] += 1;
  }
  return { writes, rejected, counts };
}
