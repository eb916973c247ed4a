import type { StagedBatch } from "@kontor/db";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readBmecatBatches } from "../src/imports/read-bmecat-rows.ts";

/** Articles of which some have no number, some a unit that nobody knows, some a class of elsewhere. */
const article = fc.constantFrom(
  "<SUPPLIER_PID>@</SUPPLIER_PID><PRODUCT_DETAILS><DESCRIPTION_SHORT>A</DESCRIPTION_SHORT></PRODUCT_DETAILS><PRODUCT_ORDER_DETAILS><ORDER_UNIT>C62</ORDER_UNIT></PRODUCT_ORDER_DETAILS>",
  "<SUPPLIER_PID>@</SUPPLIER_PID><PRODUCT_ORDER_DETAILS><ORDER_UNIT>THINGY</ORDER_UNIT></PRODUCT_ORDER_DETAILS>",
  "<PRODUCT_DETAILS><DESCRIPTION_SHORT>Nameless</DESCRIPTION_SHORT></PRODUCT_DETAILS>",
  "<SUPPLIER_PID>@</SUPPLIER_PID><PRODUCT_FEATURES><REFERENCE_FEATURE_SYSTEM_NAME>X</REFERENCE_FEATURE_SYSTEM_NAME><REFERENCE_FEATURE_GROUP_ID>1</REFERENCE_FEATURE_GROUP_ID></PRODUCT_FEATURES>",
);

const fileOf = (articles: readonly string[]): string => {
  const written = articles.map((inner, at) => `<PRODUCT mode="new">${inner.replace("@", `P-${at}`)}</PRODUCT>`);
  const group =
    "<CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type='root'><GROUP_ID>1</GROUP_ID><GROUP_NAME>All</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE></CATALOG_GROUP_SYSTEM>";
  return `<BMECAT version="2005"><HEADER><CATALOG><LANGUAGE>eng</LANGUAGE></CATALOG></HEADER><T_NEW_CATALOG>${group}${written.join("")}</T_NEW_CATALOG></BMECAT>`;
};

const classes = {
  known: () => Promise.resolve(new Map()),
  attributes: () => Promise.resolve(() => []),
};

async function batchesOf(text: string, stagedTo: number, rowsPerBatch: number): Promise<readonly StagedBatch[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(text));
  }
  const held = { stagedTo, fileBytes: text.length, priceListId: null };
  const batches: StagedBatch[] = [];
  const reading = { held, bytes: bytes(), classes, rowsPerBatch, signal: new AbortController().signal };
  for await (const batch of readBmecatBatches(reading)) batches.push(batch);
  return batches;
}

/** What is kept of batches, without where one ends and the next begins. */
const kept = (batches: readonly StagedBatch[]) => ({
  rows: batches.flatMap(({ rows }) => rows),
  rejected: batches.flatMap(({ rejected }) => rejected),
  warnings: batches.flatMap(({ warnings }) => warnings.toSorted((a, b) => a.rowNo - b.rowNo)),
});

test("every article is a row or a failed one, in its order, however many are read at a time and wherever it goes on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(article, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (articles, size) => {
        const text = fileOf(articles);
        const batches = await batchesOf(text, 0, size);
        const whole = kept(batches);
        const numbers = [...whole.rows, ...whole.rejected].map(({ rowNo }) => rowNo).toSorted((a, b) => a - b);
        expect(numbers).toEqual(articles.map((_, at) => at + 1));
        const [first, ...rest] = batches;
        const after = kept(await batchesOf(text, first?.to ?? 0, size));
        expect(after).toEqual(kept(rest));
        const unknown = articles.filter((inner) => inner.includes("REFERENCE")).length;
        expect(whole.warnings.filter(({ code }) => code === "class_unknown")).toHaveLength(unknown);
        expect(whole.warnings[0]).toMatchObject({ rowNo: 0 });
      },
    ),
  );
});
