import { expect, test } from "vitest";
import { articles, demoGtin, families, ladderOf, vendorPartNo } from "../src/demo/office/office-articles.ts";
import { officeCompanies, officeEmails } from "../src/demo/office/office-companies.ts";

test("150 to 200 articles in 15 classes, each with a number, texts and values of its own", () => {
  expect(families).toHaveLength(15);
  expect(articles.length).toBeGreaterThanOrEqual(150);
  expect(articles.length).toBeLessThanOrEqual(200);
  expect(new Set(articles.map(({ article }) => article.partNo)).size).toBe(articles.length);
  expect(new Set(articles.map(({ article }) => article.name.de)).size).toBe(articles.length);
  for (const { family, article } of articles) expect(article.values).toHaveLength(family.attributes.length);
});

test("GTINs are of the range for examples, with their check digits, each once", () => {
  expect(demoGtin(0)).toBe("9520000000004");
  const all = articles.flatMap(({ gtins }) => gtins.map(({ gtin }) => gtin));
  expect(new Set(all).size).toBe(all.length);
  for (const gtin of all) {
    const sum = [...gtin].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
    expect([gtin.slice(0, 3), sum % 10]).toEqual(["952", 0]);
  }
});

test("choices are among those of the attribute, vendors are there, and ladders fall", () => {
  const vendors = new Set(officeCompanies.filter(({ side }) => side === "supplier").map(({ key }) => key));
  for (const { family, article } of articles) {
    for (const [at, { choices }] of family.attributes.entries()) {
      if (choices !== undefined) expect(choices.map(([value]) => value)).toContain(article.values[at]);
    }
    for (const selling of family.sellers) {
      expect(vendors).toContain(selling.vendor);
      const prices = ladderOf(family, article, selling).map(({ price }) => Number(price));
      expect(prices).toEqual([...prices].sort((a, b) => b - a));
    }
  }
});

test("no vendor has one number twice, and everybody has an address of an invented company", () => {
  for (const { key } of officeCompanies) {
    const own = articles.filter(({ family }) => family.sellers.some(({ vendor }) => vendor === key));
    const numbers = own.map(({ article }) => vendorPartNo(key, article));
    expect(new Set(numbers).size).toBe(numbers.length);
  }
  expect(new Set(officeEmails).size).toBe(officeEmails.length);
  for (const email of officeEmails) expect(email).toMatch(/^[a-z]+@[a-z]+\.example$/);
});
