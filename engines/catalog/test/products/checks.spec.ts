import { describe, expect, test } from "vitest";
import type { CodeLists, DefinedAttribute, Judged } from "../../src/index.ts";
import {
  checkAttributes,
  checkOfferTerms,
  checkUnit,
  checkVariant,
  missingAttributes,
  partingFault,
} from "../../src/index.ts";

/** Numbers of two digits whose sum is even are fine. */
const lists: CodeLists = {
  isUnit: (code) => ["H87", "XBX", "MTR", "MMT", "KGM"].includes(code),
  unitMeant: (text) => (text === "pcs" ? "H87" : null),
  unitRatio: (from, to) => (from[0] === to[0] ? { num: 1n, den: 1000n } : null),
  checkGtin: (text) => {
    if (!/^\d{2}$/.test(text)) return { ok: false, reason: "length_wrong" };
    const even = (Number(text[0]) + Number(text[1])) % 2 === 0;
    return even ? { ok: true, value: text.padStart(14, "0") } : { ok: false, reason: "check_digit_wrong" };
  },
};

const codeOf = (judged: Judged<unknown>) =>
  judged.ok ? null : [judged.fault.code, judged.fault.pointer, judged.fault.data];

describe("units", () => {
  test("are codes, and another spelling is told its code", () => {
    expect(checkUnit("H87", "/u", lists)).toEqual({ ok: true, value: "H87" });
    expect(codeOf(checkUnit("pcs", "/u", lists))).toEqual(["unit_unknown", "/u", { unit: "pcs", meant: "H87" }]);
    expect(codeOf(checkUnit("furlong", "/u", lists))).toEqual(["unit_unknown", "/u", { unit: "furlong" }]);
  });
});

const whole = { decimals: 0, sold: true };

describe("a variant", () => {
  const sent = {
    ...whole,
    baseUnit: "H87",
    units: [{ ...whole, unit: "XBX", holds: "12.50" }],
    gtins: [{ gtin: "13", unit: "XBX" }],
  };

  test("has exact ratios in lowest terms and GTINs in fourteen digits", () => {
    expect(
      checkVariant(
        { ...sent, units: [...sent.units, { unit: "KGM", num: "4", den: "6", decimals: 3, sold: false }] },
        "",
        lists,
      ),
    ).toEqual({
      ok: true,
      value: {
        baseUnit: "H87",
        units: [
          { ...whole, unit: "H87", num: 1n, den: 1n },
          { ...whole, unit: "XBX", num: 25n, den: 2n },
          { unit: "KGM", num: 2n, den: 3n, decimals: 3, sold: false },
        ],
        gtins: [{ gtin: "00000000000013", unit: "XBX" }],
      },
    });
    expect(checkVariant({ ...sent, gtins: [{ gtin: "13" }] }, "", lists)).toMatchObject({
      value: { gtins: [{ unit: "H87" }] },
    });
  });

  test.each([
    [{ baseUnit: "pcs" }, "unit_unknown", "/v/baseUnit", { unit: "pcs", meant: "H87" }],
    [{ units: [{ ...whole, unit: "H87", holds: "2" }] }, "unit_repeated", "/v/units/0/unit", { unit: "H87" }],
    [
      {
        units: [
          { ...whole, unit: "XBX", num: "9".repeat(18), den: "1" },
          { ...whole, unit: "KGM", holds: "0" },
        ],
      },
      "unit_ratio_invalid",
      "/v/units/1",
      {},
    ],
    [
      { gtins: [{ gtin: "14" }] },
      "gtin_invalid",
      "/v/gtins/0/gtin",
      { gtin: "14", reason: "check_digit_wrong", expectedDigit: "1" },
    ],
    [{ gtins: [{ gtin: "1" }] }, "gtin_invalid", "/v/gtins/0/gtin", { gtin: "1", reason: "length_wrong" }],
    [
      { gtins: [{ gtin: "13", unit: "MTR" }] },
      "unit_not_of_variant",
      "/v/gtins/0/unit",
      { unit: "MTR", choices: ["H87", "XBX"] },
    ],
    [
      { gtins: [{ gtin: "13" }, { gtin: "13", unit: "XBX" }] },
      "gtin_repeated",
      "/v/gtins/1/gtin",
      { gtin: "00000000000013" },
    ],
  ])("with %j is refused: %s", (changes, ...fault) => {
    expect(codeOf(checkVariant({ ...sent, ...changes }, "/v", lists))).toEqual(fault);
  });
});

describe("attributes", () => {
  const define = (attribute: string, changes: Partial<DefinedAttribute>): [string, DefinedAttribute] => [
    attribute,
    { attribute, kind: "text", unit: null, choices: null, required: false, parts: false, ...changes },
  ];
  const defined = new Map([
    define("Length", { kind: "decimal", unit: "MMT", required: true }),
    define("Colour", { kind: "choice", choices: ["red", "blue"], parts: true, required: true }),
    define("Uses", { kind: "choices", choices: ["indoors", "outdoors"] }),
    define("Sterile", { kind: "yes_no" }),
    define("Note", {}),
  ]);
  const judge = (...sent: Parameters<typeof checkAttributes>[0][number][]) =>
    checkAttributes(sent, "/a", { defined, lists });

  test("are kept with their unit", () => {
    const sent = [
      { attribute: "Length", value: "12.5" },
      { attribute: "Uses", value: ["indoors", "outdoors"] },
      { attribute: "Sterile", value: false },
    ];
    expect(judge(...sent)).toEqual({ ok: true, value: [{ ...sent[0], unit: "MMT" }, sent[1], sent[2]] });
    expect(judge({ attribute: "Length", value: "1", unit: "MTR" })).toMatchObject({
      ok: true,
      value: [{ unit: "MTR" }],
    });
  });

  test("are free where no class defines any", () => {
    const free = { defined: new Map(), lists };
    expect(checkAttributes([{ attribute: "Anything", value: "goes" }], "/a", free)).toMatchObject({ ok: true });
    expect(codeOf(checkAttributes([{ attribute: "A", value: "1", unit: "pcs" }], "/a", free))?.[0]).toBe(
      "unit_unknown",
    );
    expect(partingFault([{ attribute: "Anything", value: "goes" }], "/a", new Map())).toBeNull();
  });

  test.each([
    [{ attribute: "Lenght", value: "1" }, "attribute_unknown", "/a/0/attribute"],
    [{ attribute: "Length", value: "one" }, "attribute_kind_wrong", "/a/0/value"],
    [{ attribute: "Sterile", value: "yes" }, "attribute_kind_wrong", "/a/0/value"],
    [{ attribute: "Uses", value: ["indoors", "indoors"] }, "attribute_kind_wrong", "/a/0/value"],
    [{ attribute: "Length", value: "1", unit: "KGM" }, "attribute_unit_wrong", "/a/0/unit"],
    [{ attribute: "Length", value: "1", unit: "pcs" }, "unit_unknown", "/a/0/unit"],
    [{ attribute: "Note", value: "1", unit: "KGM" }, "attribute_unit_wrong", "/a/0/unit"],
    [{ attribute: "Colour", value: "green" }, "attribute_choice_unknown", "/a/0/value"],
    [{ attribute: "Uses", value: ["indoors", "space"] }, "attribute_choice_unknown", "/a/0/value"],
  ])("%j is refused: %s", (sent, code, pointer) => {
    expect(codeOf(judge(sent))?.slice(0, 2)).toEqual([code, pointer]);
  });

  test("name what is allowed", () => {
    expect(codeOf(judge({ attribute: "Colour", value: "green" }))?.[2]).toEqual({
      attribute: "Colour",
      value: "green",
      allowed: ["red", "blue"],
    });
    expect(codeOf(judge({ attribute: "Lenght", value: "1" }))?.[2]).toMatchObject({
      allowed: ["Colour", "Length", "Note", "Sterile", "Uses"],
    });
    const twice = { attribute: "Note", value: "x" };
    expect(codeOf(judge(twice, twice))?.slice(0, 2)).toEqual(["attribute_repeated", "/a/1/attribute"]);
  });

  test("that are required are told by the product or by each variant", () => {
    const [length, colour] = [
      { attribute: "Length", value: "1" },
      { attribute: "Colour", value: "red" },
    ];
    expect(missingAttributes(defined, [], [[]])).toEqual(["Length", "Colour"]);
    expect(missingAttributes(defined, [length], [[colour], [colour]])).toEqual([]);
    expect(missingAttributes(defined, [length], [[colour], []])).toEqual(["Colour"]);
  });

  test("part variants only where a class says so", () => {
    expect(partingFault([{ attribute: "Colour", value: "red" }], "/v", defined)).toBeNull();
    expect(
      partingFault(
        [
          { attribute: "Colour", value: "red" },
          { attribute: "Note", value: "x" },
        ],
        "/v",
        defined,
      ),
    ).toEqual({
      code: "attribute_not_parting",
      pointer: "/v/1/attribute",
      data: { attribute: "Note", allowed: ["Colour"] },
    });
  });
});

describe("quantities of an offer", () => {
  const units = [
    { unit: "H87", decimals: 2 },
    { unit: "XBX", decimals: 0 },
  ];
  const judge = (changes: object) => checkOfferTerms({ orderUnit: "H87", minQuantity: "1", ...changes }, units);

  test("are kept in millionths", () => {
    expect(judge({ minQuantity: "0.5", multiple: "0.25", maxQuantity: "10" })).toEqual({
      ok: true,
      value: { minQuantity: 500_000n, multiple: 250_000n, maxQuantity: 10_000_000n },
    });
    expect(judge({})).toMatchObject({ value: { multiple: null, maxQuantity: null } });
  });

  test.each([
    [{ orderUnit: "XBX", maxQuantity: "1.5" }, "quantity_scale_exceeded", "/maxQuantity", { unit: "XBX", decimals: 0 }],
    [{ orderUnit: "MTR" }, "unit_not_of_variant", "/orderUnit", { unit: "MTR", choices: ["H87", "XBX"] }],
    [
      { minQuantity: "10", multiple: "4" },
      "quantity_terms_inconsistent",
      "/minQuantity",
      { multiple: "4", neighbours: { below: "8", above: "12" } },
    ],
    [
      { minQuantity: "1", multiple: "4" },
      "quantity_terms_inconsistent",
      "/minQuantity",
      { multiple: "4", neighbours: { below: null, above: "4" } },
    ],
    [{ minQuantity: "5", maxQuantity: "4" }, "quantity_terms_inconsistent", "/maxQuantity", { limit: "5" }],
    [
      { minQuantity: "4", multiple: "4", maxQuantity: "10" },
      "quantity_terms_inconsistent",
      "/maxQuantity",
      { multiple: "4", neighbours: { below: "8", above: "12" } },
    ],
  ])("%j are refused: %s", (changes, ...fault) => {
    expect(codeOf(judge(changes))).toEqual(fault);
  });
});
