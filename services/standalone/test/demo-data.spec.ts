import { CompanyProfileInput, TenderTerms } from "@kontor/protocol";
import { expect, test } from "vitest";
import { demoCompanies } from "../src/demo/companies.ts";
import { scripts } from "../src/demo/scripts.ts";
import { showTerms } from "../src/demo/show-lot.ts";
import { demoTenders } from "../src/demo/tenders.ts";

/** Codes of UN/CEFACT Recommendation 20 that the demonstration may use. */
const units = new Set(["TNE", "KGM", "MTK", "H87", "LTR"]);
const time = { nowMs: Date.parse("2026-11-01T10:00:00Z"), patience: 1 };

test("twelve companies with valid profiles and an address of their own", () => {
  expect(demoCompanies).toHaveLength(12);
  expect(new Set(demoCompanies.map(({ email }) => email)).size).toBe(12);
  for (const { email, profile } of demoCompanies) {
    expect(email).toMatch(/^[a-z]+@[a-z]+\.example$/);
    expect(CompanyProfileInput.safeParse(profile).success).toBe(true);
  }
});

test("eight tenders of different companies, each with a script except the draft", () => {
  expect(demoTenders.map(({ reference }) => reference)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `DEMO-${n}`));
  expect(Object.keys(scripts).sort()).toEqual(demoTenders.slice(1).map(({ reference }) => reference));
});

const drafts = [
  ...demoTenders.map((tender) => ({ ...tender.terms(time), reference: tender.reference })),
  showTerms(time.nowMs, 1),
];

test.each(drafts)("the terms of $reference fit the protocol and name grades and units", (terms) => {
  const parsed = TenderTerms.safeParse(terms);
  expect(parsed.error?.issues ?? []).toEqual([]);
  for (const lot of parsed.data?.lots ?? []) {
    expect(lot.grade).not.toBe("");
    expect(lot.delivery).toMatch(/^[A-Z]{3} /);
    expect(units).toContain(lot.quantity.unit);
  }
});
