import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { column, groupRows, readCsv, recordsFolder } from "./records.ts";
import { day, lotIdOf, ownerId, publishedTender, sealedRules, sealedTerms } from "./tender-run.ts";

type Row = Readonly<Record<string, string>>;

const deadline = 1_300_000_000_000_000;

/** "NPR 20,914,500.00" as a decimal; null where nothing was read out. */
function amountOf(raw: string): string | null {
  const digits = raw.replace(/^[A-Z]{3}\s*/, "").replaceAll(",", "");
  return /^(?=.*[1-9])\d+(\.\d+)?$/.test(digits) ? digits.replace(/^0+(?=\d)/, "") : null;
}

/** A bidder named twice made two offers; each is a bidder of his own here. */
const bidderOf = (row: Row): string => `${column(row, "bidder")}-${column(row, "seq")}`;

function replay(rows: readonly Row[]): { winner: string | undefined; evaluated: string | undefined } {
  const currency = column(rows[0] as Row, "evaluated_currency") || "USD";
  const run = publishedTender(
    sealedTerms("buy", [{ rules: sealedRules({ currency, priceScale: 2 }) }], deadline),
    rows.map(bidderOf),
    deadline - 30 * day,
  );
  // The price read out may be in another currency; the committee's evaluated price is what decides.
  const read = rows.filter(
    (row) => amountOf(column(row, "opening_raw")) !== null || amountOf(column(row, "evaluated_raw")) !== null,
  );
  read.forEach((row, index) => {
    const price = amountOf(column(row, "opening_raw")) ?? amountOf(column(row, "evaluated_raw")) ?? "";
    run.accept({ type: "submit_initial_price", lotId: lotIdOf(1), price }, bidderOf(row), deadline - day + index);
  });
  let at = deadline + 1;
  for (const row of read) {
    const evaluated = amountOf(column(row, "evaluated_raw"));
    const companyId = bidderOf(row);
    if (column(row, "status") === "Rejected" || evaluated === null) {
      run.accept({ type: "disqualify_price", lotId: lotIdOf(1), companyId, reason: "as recorded" }, ownerId, at++);
    } else {
      run.accept(
        { type: "evaluate_price", lotId: lotIdOf(1), companyId, evaluatedPrice: evaluated, note: "as recorded" },
        ownerId,
        at++,
      );
    }
  }
  run.accept({ type: "propose_award", lotId: lotIdOf(1) }, ownerId, at);
  const [award] = run.all("award_proposed");
  const evaluated = run.all("price_evaluated").find(({ companyId }) => companyId === award?.companyId)?.evaluatedPrice;
  return { winner: award?.companyId, evaluated };
}

const folder = recordsFolder();

describe.runIf(folder !== null)("recorded sealed openings decided by the lowest evaluated price", () => {
  const path = join(folder ?? "", "sealed-tender-openings/bids.csv");
  const rows = folder === null ? [] : readCsv(path).filter((row) => column(row, "class") === "lowest_evaluated");
  const contracts = groupRows(rows, (row) => column(row, "contract_id"));

  it("awards all 649 contracts to the recorded winner", () => {
    expect(contracts.size).toBe(649);
    for (const [id, bids] of contracts) {
      const recorded = bids.find((row) => column(row, "status") === "Awarded") as Row;
      const { winner, evaluated } = replay(bids);
      expect({ id, winner, evaluated: Number(evaluated) }).toEqual({
        id,
        winner: bidderOf(recorded),
        evaluated: Number(amountOf(column(recorded, "evaluated_raw"))),
      });
    }
  });
});
