import { expect, test } from "vitest";
import { incoterms, isIncoterm } from "../src/index.ts";

test("there are eleven rules, four of them for the sea", () => {
  expect(Object.keys(incoterms)).toHaveLength(11);
  const sea = Object.entries(incoterms).filter(([, { seaOnly }]) => seaOnly);
  expect(sea.map(([code]) => code)).toEqual(["FAS", "FOB", "CFR", "CIF"]);
});

test("a port is named in the rules for the sea, and in no other", () => {
  for (const { place, seaOnly } of Object.values(incoterms)) expect(place.startsWith("port_")).toBe(seaOnly);
});

test.each(["DAT", "fob", "", "toString"])("%s is no rule of 2020", (code) => {
  expect(isIncoterm(code)).toBe(false);
});

test("a code is one", () => {
  expect(isIncoterm("DPU")).toBe(true);
});
