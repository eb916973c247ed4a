import { connect } from "@kontor/db";
import type { ImportRecord } from "@kontor/protocol";
import type { LiveClient } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileRow } from "../world/import-files.ts";
import { csvOf, fileRow, gtinOf, importMapping, sendFile, startFile } from "../world/import-files.ts";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Catalogues that vendors bring as files, from the upload to what buyers' operator reviews. */

let world: World;
let vendor: Company;
let other: Company;
let marketplaceId: string;
let listId: string;
let live: LiveClient;
let database: ReturnType<typeof connect>;

beforeAll(async () => {
  world = await createWorld();
  ({ marketplaceId } = world);
  vendor = await world.company("Import Vendor");
  other = await world.company("Other Vendor");
  for (const company of [vendor, other]) {
    await takePart(company, { marketplaceId, operator: world.operator }, "supplier");
  }
  const draft = { name: "Imported", currency: "EUR" };
  ({ listId } = requireValue(await vendor.boss.client.prices.createList(marketplaceId, draft)));
  live = vendor.boss.client.live();
  database = connect(world.databaseUrl, { max: 1 });
}, 120_000);
afterAll(async () => {
  live.close();
  await database.close();
  await world[Symbol.asyncDispose]();
});

const imports = () => vendor.boss.client.imports;
const isOver = ({ state }: ImportRecord): boolean => ["done", "failed", "cancelled"].includes(state);

/** Follows an import over the live connection to its end; nobody asks in between. */
async function ended({ importId }: { readonly importId: string }): Promise<ImportRecord> {
  const stream = live.subscribe(`import:${importId}`);
  try {
    return (await stream.until(isOver, { timeoutMs: 60_000 })).view;
  } finally {
    stream.close();
  }
}

async function imported(
  rows: Iterable<FileRow>,
  options: Partial<Parameters<typeof startFile>[2]> = {},
): Promise<ImportRecord> {
  return await ended(
    await startFile(vendor.boss.client, marketplaceId, { text: csvOf(rows), priceListId: listId, ...options }),
  );
}

async function changes(): Promise<number> {
  const [row] = await database.sql`select coalesce(max(seq), 0)::int as seq from catalog_changes`;
  return Number(row?.["seq"]);
}

/** Part numbers of the vendor whose articles the search was told of since then, as often as it was. */
async function toldSince(before: number): Promise<readonly string[]> {
  const told = await database.sql`
    select o.vendor_part_no as "partNo" from catalog_changes c
      join variants v on c.subject = 'product' and v.product_id::text = c.subject_id
      join offers o on o.variant_id = v.id and o.vendor_id = ${vendor.companyId}
    where c.seq > ${before} order by 1`;
  return told.map(({ partNo }) => String(partNo));
}

/** Ends the connection of whoever writes a batch: it holds the marketplace's place in the match queue. Gives how many. */
async function endedWriter(): Promise<number> {
  const ended = await database.sql`
    select pg_terminate_backend(l.pid) from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid::bigint = hashtext('match')::bigint & 4294967295
      and l.objid::bigint = hashtext(${marketplaceId})::bigint & 4294967295`;
  return ended.length;
}

/** S10, a five-hundredth of it: of 2,000 rows 10 are bad, in one of five ways. The bench has all of it. */
const rows = 2_000;
const badEvery = 200;
const badly: readonly ((row: FileRow) => FileRow)[] = [
  (row) => ({ ...row, price: "12,34,5" }),
  (row) => ({ ...row, gtin: "4000000000001" }),
  (row) => ({ ...row, unit: "thingies" }),
  (row) => ({ ...row, name: "" }),
  (row) => ({ ...row, price10: "999999" }),
];

function* s10(): Generator<FileRow> {
  for (let no = 1; no <= rows; no += 1) {
    const row = fileRow(no);
    const spoil = no % badEvery === 0 ? badly[(no / badEvery) % badly.length] : undefined;
    yield spoil === undefined ? row : spoil(row);
  }
}

describe("S10: a large file with bad rows among good ones", () => {
  let first: ImportRecord;

  test("a dry run says what would become of it, and nothing changes", async () => {
    const before = await changes();
    const dry = await imported(s10(), { dryRun: true });
    expect(dry).toMatchObject({ state: "done", dryRun: true, rowsRead: 2_000, rowsValid: 1_990, rowsFailed: 10 });
    expect(dry).toMatchObject({ offersCreated: 1_990, offersChanged: 0, offersUnchanged: 0 });
    expect(await changes()).toBe(before);
  }, 120_000);

  test("the good rows are taken, the bad ones told with row, column, value, code and what to write", async () => {
    const steps: ImportRecord[] = [];
    const key = await startFile(vendor.boss.client, marketplaceId, { text: csvOf(s10()), priceListId: listId });
    const stream = live.subscribe(`import:${key.importId}`, { onChange: (record) => void steps.push(record) });
    first = (await stream.until(isOver, { timeoutMs: 60_000 })).view;
    stream.close();
    expect(first).toMatchObject({ state: "done", rowsRead: 2_000, rowsValid: 1_990, rowsFailed: 10 });
    expect(first).toMatchObject({ offersCreated: 1_990, offersChanged: 0, offersUnchanged: 0, problemsFound: 10 });
    const states = [...new Set(steps.map(({ state }) => state))];
    expect(states.filter((state) => state !== "waiting")).toEqual(["checking", "applying", "done"]);
    const problems = await imports().problems(key).all();
    expect(problems).toHaveLength(10);
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(["number_malformed", "gtin_check_digit_wrong", "unit_unknown", "name_missing", "price_ladder_rises"]),
    );
    const unit = problems.find(({ code }) => code === "unit_unknown");
    expect(unit).toMatchObject({ row: 401, column: "unit", value: "thingies", severity: "error" });
    expect(unit?.hint).not.toBe("");
  }, 120_000);

  test("the same file again changes nothing, and tells the search of nothing", async () => {
    const before = await changes();
    const again = await imported(s10());
    expect(again).toMatchObject({ rowsValid: 1_990, offersCreated: 0, offersChanged: 0, offersUnchanged: 1_990 });
    expect(await changes()).toBe(before);
  }, 120_000);

  test("the file of failed rows has them all, and sent again corrected it is taken", async () => {
    const table = requireValue(await imports().failedRows({ marketplaceId, importId: first.importId }));
    const lines = table.trim().split("\r\n");
    expect(lines).toHaveLength(11);
    expect(lines[1]).toContain("A-200");
    const corrected = Array.from({ length: 10 }, (_, place) => fileRow((place + 1) * badEvery));
    expect(await imported(corrected)).toMatchObject({ state: "done", offersCreated: 10, rowsFailed: 0 });
  }, 60_000);

  test("offers wait for the operator, with prices, stock and a record of who brought them", async () => {
    const page = requireValue(await vendor.boss.client.offers.list(marketplaceId, { vendorPartNo: "A-7" }).page());
    const [offer] = page.data;
    expect(offer).toMatchObject({ vendorPartNo: "A-7", status: "proposed", orderUnit: "H87", available: "7" });
    const key = { marketplaceId, listId, offerId: offer?.offerId ?? "" };
    const { rows: rungs } = requireValue(await vendor.boss.client.prices.ladder(key));
    expect(rungs.map(({ minQuantity, price }) => [minQuantity, price])).toEqual([
      ["1", "555.33"],
      ["10", "555.23"],
    ]);
    const record = await vendor.boss.client.offers.record({ marketplaceId, offerId: offer?.offerId ?? "" }).all();
    expect(record.map(({ action, by }) => [action, by])).toEqual([["created", vendor.boss.userId]]);
  });
});

describe("what changes", () => {
  test("only the offers whose row says otherwise, and of these only what it says", async () => {
    const changed = [
      { ...fileRow(1), price: "1.11", price10: "1.00" },
      { ...fileRow(2), stock: "77" },
      { ...fileRow(3), name: "Another name" },
      { ...fileRow(4), min: "5" },
      fileRow(5),
    ];
    const done = await imported(changed);
    expect(done).toMatchObject({ offersCreated: 0, offersChanged: 4, offersUnchanged: 1, rowsFailed: 0 });
  }, 60_000);

  test("the second row with a number is told, and names the first", async () => {
    const done = await imported([fileRow(20_001, "D"), { ...fileRow(20_002, "D"), sku: "D-20001" }]);
    expect(done).toMatchObject({ offersCreated: 1, rowsFailed: 1 });
    const [problem] = await imports().problems({ marketplaceId, importId: done.importId }).all();
    expect(problem).toMatchObject({ row: 3, code: "part_number_repeated", value: "D-20001" });
    expect(problem?.hint).toContain("Row 2");
  }, 60_000);

  test("the same GTIN as a piece and as a box of twelve goes to the operator, and is never merged", async () => {
    const gtin = gtinOf(900_001);
    const box = { columns: importMapping.columns, constants: importMapping.constants };
    const packed = [
      ...box.constants,
      { field: "content_unit" as const, constant: "H87" },
      { field: "content_ratio" as const, constant: "12" },
    ];
    await imported([{ ...fileRow(900_001, "P"), gtin }]);
    const row = { ...fileRow(900_002, "P"), gtin, unit: "XBX" };
    await imported([row], { mapping: { ...importMapping, constants: packed } });
    const findings = await world.operator.client.products.findings(marketplaceId, { kind: "gtin_conflict" }).all();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ state: "open", reason: "gtin" });
  }, 60_000);

  test("another vendor's row of an article that is known beyond doubt is listed with it", async () => {
    const draft = { name: "Imported", currency: "EUR" };
    const theirs = requireValue(await other.boss.client.prices.createList(marketplaceId, draft));
    const text = csvOf([{ ...fileRow(6), sku: "THEIRS-6" }]);
    const { importId } = await startFile(other.boss.client, marketplaceId, { text, priceListId: theirs.listId });
    const theirLive = other.boss.client.live();
    await theirLive.subscribe(`import:${importId}`).until(isOver, { timeoutMs: 60_000 });
    theirLive.close();
    const [own] = requireValue(
      await vendor.boss.client.offers.list(marketplaceId, { vendorPartNo: "A-6" }).page(),
    ).data;
    const found = await other.boss.client.offers.list(marketplaceId, { vendorPartNo: "THEIRS-6" }).page();
    expect(requireValue(found).data[0]?.variantId).toBe(own?.variantId);
    const findings = await world.operator.client.products.findings(marketplaceId, { kind: "same_product" }).all();
    expect(findings.filter(({ state }) => state === "merged")).toHaveLength(1);
  }, 60_000);
});

describe("what the search is told", () => {
  const sixth = fileRow(50_006, "T");

  test("each new article is told of once, however many parts it has", async () => {
    const before = await changes();
    await imported([1, 2, 3, 4, 5, 6].map((no) => fileRow(50_000 + no, "T")));
    expect(await toldSince(before)).toEqual([1, 2, 3, 4, 5, 6].map((no) => `T-${50_000 + no}`));
  }, 60_000);

  test("of those that were there, the ones that buyers see change", async () => {
    const before = await changes();
    await imported([
      fileRow(50_001, "T"),
      { ...fileRow(50_002, "T"), price: "7777.00" },
      { ...fileRow(50_003, "T"), stock: "0" },
      { ...fileRow(50_004, "T"), stock: "333" },
      { ...fileRow(50_005, "T"), min: "3" },
      { ...sixth, name: "Told otherwise" },
      fileRow(50_007, "T"),
    ]);
    const told = new Set(await toldSince(before));
    expect([...told]).toEqual(["T-50002", "T-50003", "T-50005", "T-50006", "T-50007"]);
  }, 60_000);

  test("another connection that writes meanwhile is told of by itself", async () => {
    const before = await changes();
    await imported([{ ...sixth, min: "2" }]);
    await database.sql`update offers set min_quantity = min_quantity + 1000000 where vendor_part_no = 'T-50001'`;
    expect(new Set(await toldSince(before))).toEqual(new Set(["T-50001", "T-50006"]));
  }, 60_000);
});

describe("all or nothing", () => {
  test("with one bad row nothing is applied", async () => {
    const before = await changes();
    const bad = [fileRow(30_001, "N"), { ...fileRow(30_002, "N"), unit: "thingies" }];
    const done = await imported(bad, { apply: "all" });
    expect(done).toMatchObject({ state: "failed", offersCreated: 0, rowsFailed: 1 });
    expect(done.failure).toMatchObject({ code: "import_rows_failed" });
    expect(await changes()).toBe(before);
  }, 60_000);

  test("what only shows when it is applied leaves nothing behind either", async () => {
    const bad = [fileRow(30_003, "N"), { ...fileRow(30_004, "N"), name: "" }];
    const done = await imported(bad, { apply: "all" });
    expect(done).toMatchObject({ state: "failed", offersCreated: 0, rowsFailed: 1, rowsValid: 1 });
    const found = await vendor.boss.client.offers.list(marketplaceId, { vendorPartNo: "N-30003" }).page();
    expect(requireValue(found).data).toEqual([]);
  }, 60_000);

  test("without one, all of it is", async () => {
    const good = [fileRow(30_005, "N"), fileRow(30_006, "N")];
    expect(await imported(good, { apply: "all" })).toMatchObject({ state: "done", offersCreated: 2 });
  }, 60_000);
});

describe("on the way", () => {
  test("a worker whose connection dies goes on where it was, and nothing is there twice", async () => {
    const many = Array.from({ length: 4_000 }, (_, place) => fileRow(40_001 + place, "K"));
    const key = await startFile(vendor.boss.client, marketplaceId, { text: csvOf(many), priceListId: listId });
    const stream = live.subscribe(`import:${key.importId}`);
    await stream.until(({ offersCreated }) => offersCreated >= 1_000, { timeoutMs: 60_000 });
    await until("a batch is being written", async () => (await endedWriter()) > 0);
    const [cut] = await database.sql`select state, offers_created from imports where id = ${key.importId}`;
    expect(cut?.["state"]).toBe("applying");
    expect(cut?.["offers_created"]).toBeLessThan(4_000);
    const { view } = await stream.until(isOver, { timeoutMs: 60_000 });
    stream.close();
    expect(view).toMatchObject({ state: "done", rowsRead: 4_000, rowsValid: 4_000, offersCreated: 4_000 });
    const [count] = await database.sql`select count(*)::int as offers from offers where vendor_part_no like 'K-%'`;
    expect(count?.["offers"]).toBe(4_000);
  }, 120_000);

  test("cancelled between two batches, what was applied stays and is told", async () => {
    const many = Array.from({ length: 5_000 }, (_, place) => fileRow(60_001 + place, "C"));
    const key = await startFile(vendor.boss.client, marketplaceId, { text: csvOf(many), priceListId: listId });
    const stream = live.subscribe(`import:${key.importId}`);
    await stream.until(({ offersCreated }) => offersCreated >= 1_000, { timeoutMs: 60_000 });
    requireValue(await imports().cancel(key));
    const { view } = await stream.until(isOver, { timeoutMs: 60_000 });
    stream.close();
    expect(view.state).toBe("cancelled");
    const [count] = await database.sql`select count(*)::int as offers from offers where vendor_part_no like 'C-%'`;
    expect(view.offersCreated).toBe(count?.["offers"]);
    expect(view.offersCreated).toBeLessThan(5_000);
  }, 120_000);
});

describe("bad input", () => {
  test("an upload that lacks bytes is told how many there are", async () => {
    const { fileBytes, ...key } = await sendFile(vendor.boss.client, marketplaceId, {
      fileName: "a.csv",
      text: "sku\n1\n",
    });
    const half = await imports().start(key, { fileBytes: fileBytes + 1, mapping: importMapping });
    expect(half).toMatchObject({ ok: false, problem: { code: "import_upload_incomplete", receivedBytes: fileBytes } });
  });

  test.each([
    ["file_is_binary", "\u0001\u0002\u0003\u0000\u0000binary"],
    ["zip_broken", "PK\u0003\u0004 cut off"],
    ["file_empty", "  \n\n"],
  ])("%s fails the import as a whole, and its preview says the same", async (code, text) => {
    const { fileBytes, ...key } = await sendFile(vendor.boss.client, marketplaceId, { fileName: "bad.csv", text });
    expect(await imports().preview(key)).toMatchObject({
      ok: false,
      problem: { code: "import_file_unreadable", reason: code },
    });
    requireValue(await imports().start(key, { fileBytes }));
    expect(await ended(key)).toMatchObject({ state: "failed", failure: { code } });
  });

  test("the preview says what the file seems to be, and which column tells what", async () => {
    const text = csvOf([fileRow(1), { ...fileRow(2), unit: "thingies" }]);
    const { fileBytes: _bytes, ...key } = await sendFile(vendor.boss.client, marketplaceId, {
      fileName: "a.csv",
      text,
    });
    const preview = requireValue(await imports().preview(key));
    expect(preview).toMatchObject({ format: "csv", separator: ";", headerRow: 1 });
    expect(preview.rows[0]?.cells[0]).toBe("A-1");
    expect(preview.mapping?.columns.map(({ field }) => field)).toContain("part_number");
  });

  test("a failed row that would run as a formula is written as text", async () => {
    const done = await imported([{ ...fileRow(1), sku: "F-1", name: '=HYPERLINK("http://x")', unit: "thingies" }]);
    const table = requireValue(await imports().failedRows({ marketplaceId, importId: done.importId }));
    expect(table).toContain(`"'=HYPERLINK`);
  });

  test("another company's import is none at all", async () => {
    const { fileBytes: _bytes, ...key } = await sendFile(vendor.boss.client, marketplaceId, {
      fileName: "a.csv",
      text: "x",
    });
    for (const answer of [
      await other.boss.client.imports.get(key),
      await other.boss.client.imports.cancel(key),
      await other.boss.client.imports.upload(key, new Uint8Array([1])),
      await other.boss.client.imports.failedRows(key),
    ]) {
      expect(answer).toMatchObject({ ok: false, problem: { code: "import_unknown" } });
    }
    const theirs = await other.boss.client.imports.list(marketplaceId).all();
    expect(theirs.filter(({ vendorId }) => vendorId !== other.companyId)).toEqual([]);
  });
});

test("a saved mapping has versions, and an import keeps the one that it used", async () => {
  const saved = requireValue(await imports().saveMapping(marketplaceId, { name: "Usual", mapping: importMapping }));
  const key = await startFile(vendor.boss.client, marketplaceId, {
    text: csvOf([fileRow(70_001, "M")]),
    priceListId: listId,
    mapping: undefined,
    mappingId: saved.mappingId,
  });
  const { mappingId, version } = saved;
  const changed = await imports().changeMapping(
    { marketplaceId, mappingId, version },
    { name: "Usual", mapping: { columns: [importMapping.columns[0] ?? { column: "sku", field: "part_number" }] } },
  );
  expect(requireValue(changed).version).toBe(2);
  expect(await ended(key)).toMatchObject({ state: "done", mappingId, mappingVersion: 1, offersCreated: 1 });
});
