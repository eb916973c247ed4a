import { describe, expect, test } from "vitest";
import { cellsOf, pasteRows } from "../../src/buyer/paste-rows.ts";
import { clocksChange, readWallTime, wallTimeOf } from "../../src/buyer/wall-time.ts";
import { draftUnder } from "./drafts.ts";

describe("a pasted sheet", () => {
  test("is laid over the lots from one cell on, and makes new ones", () => {
    const terms = draftUnder("electronic_auction");
    const sheet = "Cathodes, March\tGrade A\t250\tTNE\r\nCathodes, April\tGrade A\t1,250.5\tTNE\r\n";
    const { terms: pasted, unread } = pasteRows(terms, sheet, { row: 0, column: "title", locale: "en" });
    expect(unread).toEqual([]);
    expect(pasted.lots.map(({ title, quantity }) => [title, quantity.value])).toEqual([
      ["Cathodes, March", "250"],
      ["Cathodes, April", "1250.5"],
    ]);
    expect(pasted.lots[1]?.rules.startPrice).toBeNull();
  });

  test("leaves a cell as it was that it cannot read for certain, and says which", () => {
    const terms = draftUnder("electronic_auction");
    const { terms: pasted, unread } = pasteRows(terms, "1,250\ttons", { row: 0, column: "quantity", locale: "en" });
    expect(pasted.lots[0]?.quantity).toEqual({ value: "250", unit: "TNE" });
    expect(unread).toEqual([
      { row: 1, column: "quantity", text: "1,250" },
      { row: 1, column: "unit", text: "tons" },
    ]);
  });

  test("keeps line breaks and tabs that stand in quotes", () => {
    expect(cellsOf('a\t"b\nc ""d"""\ne')).toEqual([["a", 'b\nc "d"'], ["e"]]);
  });

  test("adds no more lots than a tender may have", () => {
    const sheet = Array.from({ length: 230 }, (_, index) => `Lot ${index + 1}`).join("\n");
    const pasted = pasteRows(draftUnder("open_tender"), sheet, { row: 0, column: "title", locale: "en" });
    expect([pasted.terms.lots.length, pasted.droppedRows]).toEqual([200, 30]);
  });
});

describe("a wall clock's reading", () => {
  const zone = "Europe/Berlin";

  test("is one instant on most days, and reads back the same", () => {
    const reading = readWallTime("2027-03-01T10:00", zone);
    expect(reading).toEqual({ kind: "once", instant: "2027-03-01T09:00:00.000Z" });
    expect(wallTimeOf("2027-03-01T09:00:00.000Z", zone)).toBe("2027-03-01T10:00");
  });

  test("is never in the hour that is left out in spring", () => {
    expect(readWallTime("2027-03-28T02:30", zone)).toEqual({ kind: "never" });
  });

  test("is twice in the hour that comes again in autumn", () => {
    expect(readWallTime("2027-10-31T02:30", zone)).toEqual({
      kind: "twice",
      instant: "2027-10-31T00:30:00.000Z",
      later: "2027-10-31T01:30:00.000Z",
    });
  });

  test("is nothing when it is no date", () => {
    expect(readWallTime("2027-02-30T10:00", zone)).toEqual({ kind: "unreadable" });
  });

  test("tells whether clocks change on the way", () => {
    expect(clocksChange(Date.parse("2027-03-01"), Date.parse("2027-04-01"), zone)).toBe(true);
    expect(clocksChange(Date.parse("2027-03-01"), Date.parse("2027-03-08"), zone)).toBe(false);
  });
});
