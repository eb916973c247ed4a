import { describe, expect, test } from "vitest";
import { unitCodeOf, unitOf, unitsByCode } from "../../src/index.ts";
import { unitAliases } from "../../src/units/unit-aliases.ts";

describe("what a file says, and what it means", () => {
  test.each([
    ["KGM", "KGM"],
    ["kgm", "KGM"],
    ["kg", "KGM"],
    ["KG", "KGM"],
    ["to", "TNE"],
    ["t", "TNE"],
    ["PCE", "H87"],
    ["ST", "H87"],
    ["Stk.", "H87"],
    ["STK", "H87"],
    ["pcs", "H87"],
    ["szt.", "H87"],
    ["C62", "C62"],
    ["EA", "EA"],
    ["Paar", "PR"],
    ["m2", "MTK"],
    ["m²", "MTK"],
    ["m^2", "MTK"],
    ["qm", "MTK"],
    ["m³", "MTQ"],
    [" lfm ", "MTR"],
    ["Liter", "LTR"],
    ["h", "HUR"],
    ["kWh", "KWH"],
    ["mW", "C31"],
    ["MW", "MAW"],
    ["mPa", "74"],
    ["MPa", "MPA"],
    ["hPa", "A97"],
    ["mAh", "E09"],
    ["GJ", "GV"],
    ["Nm", "NU"],
    ["N m", "NU"],
    ["μm", "4H"],
    ["µm", "4H"],
    ["g/cm3", "23"],
    ["1/min", "C94"],
    ["BX", "XBX"],
    ["XBX", "XBX"],
    ["CT", "XCT"],
    ["Palette", "XPX"],
    ["PAL", "XPX"],
    ["VE", "XPK"],
  ])("%s is %s", (text, code) => {
    expect(unitCodeOf(text)).toBe(code);
  });

  test.each(["", " ", "xyz", "gr", "Mg", "Mm", "GB", "17", "constructor", "kg kg"])("%s is nobody's", (text) => {
    expect(unitCodeOf(text)).toBeNull();
  });
});

test("spellings mean units in force", () => {
  expect([...unitAliases.values()].filter((code) => unitOf(code)?.status !== "active")).toEqual([]);
  expect([...unitAliases.keys()].filter((spelling) => spelling !== spelling.toLowerCase())).toEqual([]);
});

test("every code in force means itself but those that trade uses for something else", () => {
  const others = [...unitsByCode().values()].filter(
    ({ code, status }) => status === "active" && unitCodeOf(code) !== code,
  );
  expect(others.map(({ code }) => code).sort()).toEqual(["FL", "GB", "GJ", "PAL", "PS", "STK"]);
});

test("a unit tells its list, status and category", () => {
  expect(unitOf("KGM")).toEqual({
    code: "KGM",
    list: "rec20",
    name: "kilogram",
    symbol: "kg",
    status: "active",
    category: "1",
    dimension: "kg",
    factor: { num: 1n, den: 1n, exact: true },
  });
  expect(unitOf("XPX")).toMatchObject({ list: "rec21", name: "Pallet", dimension: null, factor: null });
  expect(unitOf("BX")).toMatchObject({ list: "rec20", status: "deleted" });
  expect(unitOf("HAR")).toMatchObject({ status: "deprecated", dimension: "m^2" });
  expect(unitOf("kgm")).toBeNull();
});
