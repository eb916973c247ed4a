import { describe, expect, test } from "vitest";
import { checkVatId, vatPrefixes } from "../../src/index.ts";
import { passingErrors } from "./single-errors.ts";

/** Made-up numbers whose check digit finds every single wrong digit. */
const strict = [
  "ATU19835178",
  "BE0410012565",
  "BE1039892656",
  "BG738827801",
  "CHE662111522MWST",
  "CY16093709O",
  "CZ24889873",
  "CZ647578814",
  "DE950557683",
  "DK31299578",
  "EE518351872",
  "EL716799632",
  "ES38843539N",
  "ESX7829913T",
  "ESB44339042",
  "ESQ9123102G",
  "ESG11725777",
  "FI09475272",
  "FR42122130867",
  "FRW9030327613",
  "HR66952060405",
  "HU34635683",
  "IE2224631E",
  "IE5508396NA",
  "IE2R46485T",
  "IT95814790036",
  "LT550733412",
  "LU50086764",
  "LV47987065246",
  "MT46379047",
  "NO255402641MVA",
  "PL9614666294",
  "PT606677631",
  "RO4580818750384",
  "SE339398436801",
  "SI40724107",
  "SK9385420715",
];

/** Made-up numbers of kinds whose rules let some wrong digits pass. */
const lenient = [
  "BG9854253866",
  "CZ4123316990",
  "CZ190629477",
  "EU616227177",
  "GB110572219",
  "GB307897031466",
  "GBGD032",
  "GBHA599",
  "LT794043915016",
  "LV32396173190",
  "NL189987947B86",
  "RO18266510",
  "XI219425522",
];

test("numbers of every prefix pass and stay as they are", () => {
  const numbers = [...strict, ...lenient];
  expect(numbers.filter((number) => !checkVatId(number).ok)).toEqual([]);
  expect(numbers.map((number) => checkVatId(number))).toEqual(numbers.map((value) => ({ ok: true, value })));
  expect([...new Set(numbers.map((number) => number.slice(0, 2)))].sort()).toEqual([...vatPrefixes].sort());
});

test.each(strict)("%s with one wrong digit never passes", (number) => {
  expect(passingErrors((text) => checkVatId(text), number)).toEqual([]);
});

describe("spelling", () => {
  test.each([
    ["de 950.557-683", "DE950557683"],
    ["BE (0)410.012.565", "BE0410012565"],
    ["BE410012565", "BE0410012565"],
    ["GR 716799632", "EL716799632"],
    ["CHE-662.111.522 TVA", "CHE662111522MWST"],
    ["CHE-662.111.522 MWST", "CHE662111522MWST"],
    ["FI\u00a00947527\u20132", "FI09475272"],
    ["ATU ATU19835178", "ATU19835178"],
    ["BG BG 738827801", "BG738827801"],
  ])("%s is %s", (text, value) => {
    expect(checkVatId(text)).toEqual({ ok: true, value });
  });

  test("a number without prefix is of the country that is told", () => {
    expect(checkVatId("255 402 641 MVA", "NO")).toEqual({ ok: true, value: "NO255402641MVA" });
    expect(checkVatId("716799632", "GR")).toEqual({ ok: true, value: "EL716799632" });
    expect(checkVatId("716799632")).toEqual({ ok: false, reason: "country_unknown" });
    expect(checkVatId("716799632", "US")).toEqual({ ok: false, reason: "country_unknown" });
  });

  test("letters that only look like a prefix are the number's own", () => {
    expect(checkVatId("SE 331026849")).toEqual({ ok: false, reason: "length_wrong" });
    expect(checkVatId("SE 331026849", "FR")).toEqual({ ok: true, value: "FRSE331026849" });
  });

  test("a prefix in the text counts before the country that is told", () => {
    expect(checkVatId("DE950557683", "AT")).toEqual({ ok: true, value: "DE950557683" });
  });
});

test.each([
  ["", "country_unknown"],
  ["US123456789", "country_unknown"],
  ["toString", "country_unknown"],
  ["DE95055768", "length_wrong"],
  ["DE9505576834", "length_wrong"],
  ["SE3393984368", "length_wrong"],
  ["DE95055768A", "character_wrong"],
  ["AT198351780", "character_wrong"],
  ["ESO9123102G", "character_wrong"],
  ["FRI9030327613", "character_wrong"],
  ["CHE662111522", "length_wrong"],
  ["IT00000000000", "part_wrong"],
  ["IT95814792008", "part_wrong"],
  ["CY12093709O", "part_wrong"],
  ["NL189987947B00", "part_wrong"],
  ["SE339398436802", "part_wrong"],
  ["CZ4113996990", "part_wrong"],
  ["GBGD500", "part_wrong"],
  ["GBHA499", "part_wrong"],
  ["EU840227177", "part_wrong"],
  ["DE950557684", "check_digit_wrong"],
  ["ESQ9123102A", "check_digit_wrong"],
  ["ESB4433904A", "check_digit_wrong"],
])("%s: %s", (text, reason) => {
  expect(checkVatId(text)).toEqual({ ok: false, reason });
});
