import { expect, test } from "vitest";
import { cpvLanguages, loadCpv } from "../src/index.ts";

const cpv = await loadCpv(["en", "de"]);

test("a code is found with its check digit and without, and not with another", () => {
  const entry = { code: "03115100-1", kind: "goods", parent: "03115000-0" };
  expect(cpv.entryOf("03115100-1")).toEqual(entry);
  expect(cpv.entryOf("03115100")).toEqual(entry);
  for (const wrong of ["03115100-2", "03115100-", "99999999", "", "constructor"]) expect(cpv.entryOf(wrong)).toBeNull();
});

test("labels come in the languages that were asked for", () => {
  expect(cpv.labelOf("45000000-7", "en")).toBe("Construction work");
  expect(cpv.labelOf("45000000", "de")).toBe("Bauarbeiten");
  expect(cpv.labelOf("45000000-7", "pl")).toBeNull();
  expect(cpv.labelOf("99999999", "en")).toBeNull();
});

test("kinds are told apart", () => {
  expect(cpv.entryOf("45000000")?.kind).toBe("works");
  expect(cpv.entryOf("72000000")?.kind).toBe("services");
  expect(cpv.entryOf("48000000")?.kind).toBe("goods");
});

test("the tree holds every entry once, below its divisions", () => {
  const seen: string[] = [];
  const walk = (code: string | null): void => {
    for (const child of cpv.childrenOf(code)) {
      seen.push(child.code);
      walk(child.code);
    }
  };
  walk(null);
  expect(cpv.childrenOf(null)).toHaveLength(45);
  expect(seen.toSorted()).toEqual(cpv.entries.map(({ code }) => code));
  expect(cpv.childrenOf("03115000")).toEqual(cpv.childrenOf("03115000-0"));
  expect(cpv.childrenOf("no such code")).toEqual([]);
});

test("no language lacks a label", async () => {
  const all = await loadCpv(cpvLanguages);
  const missing = all.entries.flatMap(({ code }) => cpvLanguages.filter((language) => !all.labelOf(code, language)));
  expect(missing).toEqual([]);
});
