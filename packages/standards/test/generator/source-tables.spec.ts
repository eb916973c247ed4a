import { expect, test } from "vitest";
import { readCodeList, readTable } from "../../src/generator/source-tables.ts";
import { backCoded } from "../../src/shipped-lines.ts";

test("a table is read with quotes, commas and lines within them, and empty cells", () => {
  const text = '\ufeffcode,name,note\r\nA,"one, ""two""",\r\nB,"two\nlines",x\n,,\n';
  expect(readTable(text)).toEqual([
    { code: "A", name: 'one, "two"', note: "" },
    { code: "B", name: "two\nlines", note: "x" },
    { code: "", name: "", note: "" },
  ]);
  expect(readTable("code\nlast")).toEqual([{ code: "last" }]);
});

test("a code list is read with its names unescaped and in one line", () => {
  const xml =
    "<List><Code>\n<Id>AB</Id><Name>Bags &amp;\n  sacks</Name></Code><Code><Id>CD</Id> <Name>&lt;x&gt;</Name></Code></List>";
  expect(readCodeList(xml)).toEqual([
    ["AB", "Bags & sacks"],
    ["CD", "<x>"],
  ]);
});

test("lines are put together from what they share with the one before", () => {
  expect(backCoded(["0steel", "5 pipe", "0", "zx", "1y"])).toEqual(["steel", "steel pipe", "", "x", "xy"]);
});
