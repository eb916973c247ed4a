import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TableOptions } from "../../src/index.ts";
import { readTable } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";

async function rowsOf(content: string | Uint8Array, options: TableOptions & { readonly size?: number } = {}) {
  const table = await readTable(piecesOf(content, options.size), options);
  const rows = await collected(table.rows);
  return { table, rows, cells: rows.map(({ cells }) => cells) };
}

describe("separators, quotes and line ends", () => {
  test.each([
    ["semicolons", "sku;price\nA1;1,50\nA2;2,00\n", ";"],
    ["commas", 'sku,price\nA1,1.50\nA2,"2,000.00"\n', ","],
    ["tabs", "sku\tprice\r\nA1\t1,50\r\nA2\t2,00", "\t"],
    ["bars", "sku|price|unit\nA1|1,50|kg, m\nA2|2,00|x;y\n", "|"],
    ["a line that names it", "sep=|\nsku|a;b;c\nA|1;2;3\n", "|"],
  ])("%s", async (_, text, separator) => {
    expect((await rowsOf(text)).table.separator).toBe(separator);
  });

  test("a cell may hold separators, quotes and line ends; a line of old Macintoshes ends in CR", async () => {
    const { cells } = await rowsOf('sku;text\r\n1;"a;b ""c""\r\nd"\r\n2;plain\r\n');
    expect(cells).toEqual([
      ["1", 'a;b "c"\r\nd'],
      ["2", "plain"],
    ]);
    expect((await rowsOf("sku;text\rA;b\rC;d\r")).cells).toEqual([
      ["A", "b"],
      ["C", "d"],
    ]);
  });

  test("a quote that is never closed costs its own row, not those behind it", async () => {
    const { rows } = await rowsOf('sku;name\nA1;"3" pipe\nA2;fine\nA3;"open\nA4;fine\n');
    expect(rows.map(({ number, faults }) => [number, faults?.[0] ?? null])).toEqual([
      [2, "quote_misplaced"],
      [3, null],
      [4, "quote_unclosed"],
      [5, null],
    ]);
    expect(rows[2]?.cells).toEqual(["A3", '"open']);
  });

  test("row numbers count header and empty lines; a short row lacks cells, a long one is told", async () => {
    const { rows } = await rowsOf("a;b;c\n\n1;2\n1;2;3;;\n1;2;3;4\n;;\n");
    expect(rows.map(({ number, cells, faults }) => [number, cells.length, faults])).toEqual([
      [3, 2, undefined],
      [4, 3, undefined],
      [5, 4, ["cells_extra"]],
    ]);
  });

  test("any cells come back as they were, however the bytes are cut", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ";", "\n", "\r", "é", ",", "€", " "), maxLength: 6 });
    const record = fc.array(cell, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (records, size) => {
        const written = records.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(";"));
        const { rows } = await rowsOf(["x;y;z;w", ...written].join("\n"), { size, separator: ";", headerRow: 1 });
        expect(rows.map(({ cells }) => cells)).toEqual(records.filter((cells) => cells.some((each) => each !== "")));
      }),
      { numRuns: 200 },
    );
  });
});

describe("encodings", () => {
  const text = "Artikel;Größe\nA1;5 € für Ärmel\n";
  test.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\ufeff${text}`)],
    ["utf-16le", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["utf-16le", Buffer.from(text, "utf16le")],
    ["utf-16be", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["windows-1252", Buffer.from(text.replace("€", "\u0080"), "latin1")],
    ["iso-8859-15", Buffer.from(text.replace("€", "\u00a4"), "latin1")],
  ])("%s", async (encoding, bytes) => {
    const { table, cells } = await rowsOf(bytes, { size: 3 });
    expect(table.encoding).toBe(encoding);
    expect(table.columns.map(({ name }) => name)).toEqual(["Artikel", "Größe"]);
    expect(cells).toEqual([["A1", "5 € für Ärmel"]]);
  });

  test("an umlaut a long way behind a sample of plain letters is still read", async () => {
    const plain = `sku;name\n${"A1;Schraube\n".repeat(30_000)}`;
    const { cells } = await rowsOf(Buffer.from(`${plain}A2;Hülse\n`, "latin1"), { size: 65_536 });
    expect(cells.at(-1)).toEqual(["A2", "Hülse"]);
    const wide = await rowsOf(Buffer.from(`${plain}A2;Hülse\n`, "utf8"), { size: 65_536 });
    expect(wide.cells.at(-1)).toEqual(["A2", "Hülse"]);
  });
});

describe("columns", () => {
  test("the header is found behind titles; blank and repeated names get their own", async () => {
    const { table, rows } = await rowsOf(
      "Preisliste 2026;;;\nStand 1.1.;;;\nArt.-Nr.;Preis;Preis;\n100;1,5;2;x\n101;1,6;3;y\n",
    );
    expect(table.headerRow).toBe(3);
    expect(table.columns.map(({ name }) => name)).toEqual(["Art.-Nr.", "Preis", "Preis (2)"]);
    expect(rows).toHaveLength(2);
  });

  test("a file without a header has columns by letters", async () => {
    const { table, cells } = await rowsOf("4006209796856;12,50;EUR\n4006209796857;13,50;EUR\n");
    expect(table.headerRow).toBeNull();
    expect(table.columns.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    expect(cells).toHaveLength(2);
  });

  test("each column shows its own decimal mark, or none", async () => {
    const { table } = await rowsOf("a;b;c;d;e\n1,5;1.5;1.234;1,5;0.125\n2.000,00;12;2.000;1.5;x\n");
    expect(table.columns.map(({ decimalMark }) => decimalMark)).toEqual([",", ".", null, "mixed", "."]);
  });
});

test("a file that is no table is refused with a code and what to do", async () => {
  const codeOf = async (content: Uint8Array | string): Promise<string> => {
    const error = await readTable(piecesOf(content)).catch((reason: unknown) => reason);
    return (error as { code: string; hint: string }).hint === "" ? "no hint" : (error as { code: string }).code;
  };
  expect(await codeOf("")).toBe("file_empty");
  expect(await codeOf(" \n\n")).toBe("file_empty");
  expect(await codeOf("<BMECAT/>")).toBe("file_is_xml");
  expect(await codeOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toBe("file_is_old_excel");
  expect(await codeOf(Buffer.from("\u0001\u0002binary"))).toBe("file_is_binary");
  expect(await codeOf(Buffer.from("PK\x03\x04 cut off"))).toBe("zip_broken");
});

describe("reading on", () => {
  test("is asked for piece by piece, told by bytes, and ends when nobody wants more", async () => {
    let [given, ended] = [0, false];
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          await Promise.resolve();
          given++;
          yield Buffer.from(given === 1 ? "sku;name\n" : "A1;Schraube\n".repeat(1_000));
        }
      } finally {
        ended = true;
      }
    }
    const table = await readTable(source(), { bytesTotal: 1_000_000 });
    const atStart = given;
    let rows = 0;
    for await (const _ of table.rows) if (++rows === 5_000) break;
    expect(given - atStart).toBeLessThan(8);
    expect(ended).toBe(true);
    expect(table.progress()).toMatchObject({ bytesTotal: 1_000_000 });
    expect(table.progress().bytesRead).toBeGreaterThan(50_000);
  });

  test("stops with the reason when it is cancelled, also while the source is silent", async () => {
    const stop = new AbortController();
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`sku;name\n${"A1;x\n".repeat(100_000)}`);
      await new Promise(() => undefined);
    }
    const table = await readTable(source(), { signal: stop.signal });
    const reading = (async () => {
      for await (const { number } of table.rows) if (number === 1_000) stop.abort(new Error("cancelled"));
    })();
    await expect(reading).rejects.toThrow("cancelled");
  });
});
