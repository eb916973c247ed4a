import { expect, test } from "vitest";
import { given, page, put } from "./given-catalogue.ts";

const count = 3_000;
const sizeOf = (at: number): number => at % 50;

function article(at: number) {
  const attributes = [
    { attribute: "size", number: sizeOf(at), unit: "mm" },
    { attribute: "colour", value: `colour ${at % 7}`, language: "en" },
  ];
  return { title: `thing number${at} of all`, attributes, offers: [{ vendorPartNumber: `VP-${at}` }] };
}

test("what outgrows its first arrays is all there, and stays right when it is written anew", () => {
  const search = given({});
  for (let at = 0; at < count; at++) put(search, `p${at}`, article(at));
  for (let at = 0; at < count; at += 3) put(search, `p${at}`, article(at + 1));
  for (let at = 0; at < count; at += 300) search.deleteProduct(`p${at}`);
  const left = Array.from({ length: count }, (_, at) => at).filter((at) => at % 300 !== 0);
  const own = left.map((at) => (at % 3 === 0 ? at + 1 : at));
  const { total, facets } = page(search, {
    text: "thing",
    facets: [
      { kind: "numbers", facet: "attribute:size", ranges: [{ from: 10, to: 19 }] },
      { kind: "values", facet: "attribute:colour", top: 7 },
    ],
  });
  expect(total).toBe(left.length);
  expect(facets[0]).toMatchObject({ counts: [own.filter((at) => sizeOf(at) >= 10 && sizeOf(at) <= 19).length] });
  const colours = Array.from({ length: 7 }, (_, colour) => own.filter((at) => at % 7 === colour).length);
  expect(facets[1]).toMatchObject({ values: colours.sort((a, b) => b - a).map((number) => ({ count: number })) });
  for (const at of [1, 2, 4, 1_000, 2_999]) {
    const number = at % 3 === 0 ? at + 1 : at;
    const hits = page(search, { text: `vp ${number}` }).hits.map(({ productId }) => productId);
    expect(hits).toContain(`p${at}`);
    expect(page(search, { text: `number${number}` }).hits.map(({ productId }) => productId)).toContain(`p${at}`);
  }
  const { texts, deadTexts } = search.counts;
  expect(deadTexts / texts).toBeGreaterThan(0.2);
});
