import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cpvLanguages, currencyOf, loadCpv, unitOf, unitsByCode } from "@kontor/standards";
import { describe, expect, it } from "vitest";
import { column, readCsv, recordsFolder } from "./records.ts";

const folder = recordsFolder("standards");
const codes = join(folder ?? "", "codes");

describe.runIf(folder !== null)("code lists", () => {
  it("ships what the source lists say", () => {
    const script = fileURLToPath(import.meta.resolve("@kontor/standards")).replace(
      /index\.ts$/,
      "cli/generate-lists.ts",
    );
    const report = execFileSync(process.execPath, [script, "--data", folder ?? "", "--check"], { encoding: "utf8" });
    expect(report.trim().split("\n")).toHaveLength(9);
    const bytes = [...report.matchAll(/(\d+) bytes/g)].reduce((total, [, size]) => total + Number(size), 0);
    expect(bytes).toBeLessThan(1_500_000);
  });

  it("has every code of the procurement vocabulary with kind, parent and labels", async () => {
    const cpv = await loadCpv(cpvLanguages);
    const rows = readCsv(join(codes, "cpv-2008.csv"));
    expect(rows).toHaveLength(9_454);
    const wrong = rows.filter((row) => {
      const code = column(row, "code");
      const entry = cpv.entryOf(code);
      const same = entry?.kind === column(row, "kind") && (entry.parent ?? "") === column(row, "parent");
      return !same || cpvLanguages.some((language) => cpv.labelOf(code, language) !== column(row, language));
    });
    expect(wrong).toEqual([]);
    expect(cpv.entries).toHaveLength(rows.length);
  });

  it("has every unit with its name and symbol, and a factor wherever the list prints one that is a number", () => {
    const rows = readCsv(join(codes, "unece-rec20-units.csv"));
    const units = [...unitsByCode().values()].filter(({ list }) => list === "rec20");
    expect(units.map(({ code }) => code)).toEqual(rows.map((row) => column(row, "CommonCode")));
    const wrong = rows.filter((row) => {
      const unit = unitOf(column(row, "CommonCode"));
      return unit?.name !== column(row, "Name").trim() || unit.symbol !== column(row, "Symbol").trim();
    });
    expect(wrong).toEqual([]);
    const without = rows.filter(
      (row) => column(row, "ConversionFactor") !== "" && unitOf(column(row, "CommonCode"))?.factor === null,
    );
    // Scales with a zero of their own, logarithms, an exponent of one half, a remark, and four that are not clear.
    const active = without.filter((row) => column(row, "Status") === "").map((row) => column(row, "CommonCode"));
    expect(active).toEqual(["CEL", "FAH", "H41", "H57", "N3", "N69", "Q27", "Q30", "TAN", "WSD", "DBW", "DBM"]);
  });

  it("has every currency, with the decimals of the list", () => {
    const rows = readCsv(join(codes, "iso4217-codes-all.csv")).filter((row) => column(row, "AlphabeticCode") !== "");
    const wrong = rows.filter((row) => {
      const currency = currencyOf(column(row, "AlphabeticCode"));
      if (currency === null) return true;
      if (column(row, "WithdrawalDate") !== "") return false;
      const printed = column(row, "MinorUnit");
      return currency.withdrawn !== null || currency.decimals !== (printed === "-" ? null : Number(printed));
    });
    expect(wrong).toEqual([]);
  });
});
