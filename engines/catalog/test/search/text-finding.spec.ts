import { describe, expect, test } from "vitest";
import { naturalLogarithm } from "../../src/search/text/logarithm.ts";
import { distanceOf } from "../../src/search/text/spelling.ts";
import { stemmingOf, stemOf } from "../../src/search/text/stems.ts";
import { found, given, put } from "./given-catalogue.ts";

describe("numbers", () => {
  const articles = {
    named: { title: "Filter DS-1234/5 replacement" },
    made: { title: "Oil filter", partNumbers: ["DS-1234/5"] },
    listed: { title: "Air filter", offers: [{ vendorPartNumber: "ds 12345" }] },
    coded: { title: "Cabin filter", offers: [{ gtins: ["04006381333931"] }] },
  };

  test.each(["DS-1234/5", "ds12345", "DS 1234-5"])(
    "%s finds part numbers before words, without case, spaces, dashes",
    (text) => {
      expect(found(given(articles), text).slice(0, 2).sort()).toEqual(["listed", "made"]);
    },
  );

  test.each(["4006381333931", "04006381333931", "4006381-333931", "4 006381 333931"])("%s is one GTIN", (text) => {
    expect(found(given(articles), text)[0]).toBe("coded");
  });

  test("a buyer's own part number finds for that buyer alone", () => {
    const search = given(articles);
    search.setBuyerPartNumbers({ company: "ben", of: { productId: "coded" }, numbers: ["ERP 77-1"] });
    search.setBuyerPartNumbers({ company: "ben", of: { offerId: "made" }, numbers: ["ERP 77-1"] });
    expect(found(search, "erp771", { company: "ben" })).toEqual(["coded", "made"]);
    expect(found(search, "erp771", { company: "bea" })).toEqual([]);
    search.setBuyerPartNumbers({ company: "ben", of: { productId: "coded" }, numbers: [] });
    expect(found(search, "erp771", { company: "ben" })).toEqual(["made"]);
  });

  test("a number of an offer that the buyer may not see finds nothing", () => {
    const search = given({ one: { title: "Filter", offers: [{ vendorPartNumber: "Q-900" }, { vendor: "vito" }] } });
    search.defineAssortment({ id: "of vito", include: [{ vendor: "vito" }], exclude: [] });
    expect(found(search, "q900")).toEqual(["one"]);
    expect(found(search, "q900", { visibility: [{ vendors: { butNot: [] }, anyOf: ["of vito"] }] })).toEqual([]);
    expect(found(search, "filter", { visibility: [{ vendors: { butNot: [] }, anyOf: ["of vito"] }] })).toEqual(["one"]);
  });
});

describe("words", () => {
  const find = (title: string, text: string, language = "en"): boolean =>
    found(given({ it: { title, language }, other: { title: "Zzz" } }), text, { language }).includes("it");

  test.each([
    ["Steel screws", "screw"],
    ["Wrench 12 mm", "12mm"],
    ["Wrench 12mm", "12 mm"],
    ["Tape 1.50 inches", '1,5"'],
    ["Wi-Fi router", "wifi"],
    ["Wifi router", "wi-fi"],
    ["USB headset", "head set"],
    ["Mouse pad", "mousepad"],
    ["Women's shoes", "womens shoe"],
    ["Café table", "cafe"],
    ["GeForce RTX2060", "rtx 2060"],
  ])("%s is found by %s", (title, text) => {
    expect(find(title, text)).toBe(true);
  });

  test.each([
    ["Schrauben aus Stahl", "Schraube", "de"],
    ["Gehäuse", "gehause", "de"],
    ["Шланги резиновые", "шланг", "ru"],
    ["Câbles électriques", "cable electrique", "fr"],
  ])("%s is found by %s", (title, text, language) => {
    expect(find(title, text, language)).toBe(true);
  });

  test.each([
    ["hammer", "hamer", true],
    ["hammer", "hmamer", true],
    ["screwdriver", "skrewdrivr", true],
    ["hammer", "haamr", false],
    ["saw", "sew", false],
    ["hammer", "bammer", false],
  ])("%s for %s: %s", (title, text, is) => {
    expect(find(title, text)).toBe(is);
  });

  test("a word that products have is not corrected", () => {
    const search = given({ cable: { title: "cable" }, table: { title: "table" }, tables: { title: "tabla" } });
    expect(found(search, "table")).toEqual(["table"]);
  });

  test("a word that no product has any more is corrected, and never into one that is gone", () => {
    const search = given({ table: { title: "table" }, tabla: { title: "tabla" } });
    search.deleteProduct("table");
    expect(found(search, "table")).toEqual(["tabla"]);
    search.deleteProduct("tabla");
    expect(found(search, "table")).toEqual([]);
  });

  test("what begins with the last word is found while it is typed, and not afterwards", () => {
    const search = given({ drill: { title: "cordless drill" } });
    expect(found(search, "cordless dr", { unfinished: true })).toEqual(["drill"]);
    expect(found(search, "dril", { unfinished: true })).toEqual(["drill"]);
    expect(found(search, "dr")).toEqual([]);
  });

  test("a marketplace's synonyms stand for each other, phrases too", () => {
    const synonyms = [
      { language: "en", phrases: ["personal protective equipment", "ppe"] },
      { language: "en", phrases: ["notebook", "laptop"] },
    ];
    const articles = {
      ppe: { title: "PPE set" },
      long: { title: "Personal protective equipment" },
      laptop: { title: "Laptop" },
    };
    const search = given(articles, { synonyms });
    expect(found(search, "notebooks")).toEqual(["laptop"]);
    expect(found(search, "ppe")).toEqual(["ppe", "long"]);
    expect(found(search, "personal protective equipment")).toEqual(["long", "ppe"]);
    expect(found(search, "personal equipment")).toEqual(["long"]);
  });

  test("synonyms may go one way, are of their language, and are taken by an index that is in use", () => {
    const articles = {
      screw: { title: "Hex screw" },
      fastener: { title: "Fasteners, assorted" },
      bolt: { title: "Anchor bolt" },
    };
    const search = given(articles);
    expect(found(search, "fastener")).toEqual(["fastener"]);
    search.setSynonyms([
      { language: "en", phrases: ["fastener", "fixing"], also: ["screws", "anchor bolt"] },
      { language: "de", phrases: ["Schrauben", "screw"] },
    ]);
    expect(found(search, "fasteners").sort()).toEqual(["bolt", "fastener", "screw"]);
    expect(found(search, "fixings").sort()).toEqual(["bolt", "screw"]);
    expect(found(search, "screw")).toEqual(["screw"]);
    expect(found(search, "schraube")).toEqual(["screw"]);
    search.setSynonyms([]);
    expect(found(search, "fixings")).toEqual([]);
  });
});

describe("order", () => {
  test("all words come before some of them; a word that nothing has is passed over", () => {
    const search = given({
      some: { title: "hammer hammer hammer" },
      all: { title: "a thing", description: "with a hammer and a drill, among much else that it has" },
    });
    expect(found(search, "hammer drill", { enough: 2 })).toEqual(["all", "some"]);
    expect(found(search, "hammer drill")).toEqual(["all"]);
    expect(found(search, "hammer drill qqqqqqqq")).toEqual(["all"]);
  });

  test("what a thing is comes before what it is for", () => {
    const search = given({ bag: { title: "Bag for laptop" }, laptop: { title: "Fast laptop" } });
    expect(found(search, "laptop")).toEqual(["laptop", "bag"]);
  });

  test("equal products come by id, whatever came first", () => {
    const search = given({ b: { title: "drill" }, a: { title: "drill" } });
    put(search, "c", { title: "drill" });
    put(search, "a", { title: "drill" });
    expect(found(search, "drill")).toEqual(["a", "b", "c"]);
  });
});

test("edits are insertions, losses, changes and swaps of neighbours", () => {
  const cases = [
    ["hammer", "hammer", 0],
    ["hammer", "hamer", 1],
    ["hammer", "hmamer", 1],
    ["hammer", "hammers", 1],
    ["hammer", "jammed", 2],
    ["", "ab", 2],
    ["abcdef", "ghijkl", 3],
  ] as const;
  for (const [left, right, edits] of cases)
    expect([left, right, distanceOf(left, right, 2)]).toEqual([left, right, edits]);
});

test("the logarithm is the platform's to a trillionth", () => {
  for (const value of [1e-6, 0.3, 0.75, 1, 1.0000001, 1.5, 2, 17, 250_000.5, 1e12]) {
    expect(naturalLogarithm(value)).toBeCloseTo(Math.log(value), 11);
  }
});

test("an unknown language keeps its words", () => {
  expect(stemOf("talot", stemmingOf("fi"))).toBe("talot");
  expect(stemOf("Häuser".toLowerCase(), stemmingOf("de-AT"))).toBe("häus");
});
