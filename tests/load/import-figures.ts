import { fork } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "@kontor/db";
import { connect } from "@kontor/db";
import type { FileRow } from "../world/import-files.ts";
import { fileRow, importColumns, importMapping } from "../world/import-files.ts";
import { openBenchDatabase } from "./bench-database.ts";

export type ImportFigures = {
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly accepted: number;
  readonly refused: number;
  /** The same values copied into one unlogged table without any check. */
  readonly copySeconds: number;
  readonly againSeconds: number;
  readonly againChanged: number;
  readonly searchTold: number;
  readonly workerPeakMegabytes: number;
};

const marketplaceId = "bench";
const vendorId = "vendor";
/** S10: of a million rows 5,000 are bad. */
const badEvery = 200;
const chunkBytes = 1_048_576;

const bad: readonly ((row: FileRow) => FileRow)[] = [
  (row) => ({ ...row, price: "12,34,5" }),
  (row) => ({ ...row, gtin: "4000000000001" }),
  (row) => ({ ...row, unit: "thingies" }),
  (row) => ({ ...row, name: "" }),
];

function rowAt(no: number): FileRow {
  const row = fileRow(no);
  const spoil = no % badEvery === 0 ? bad[(no / badEvery) % bad.length] : undefined;
  return spoil === undefined ? row : spoil(row);
}

/** The file in pieces of a mebibyte, made as it goes. */
function* piecesOf(rows: number): Generator<Buffer> {
  let text = `${importColumns.join(";")}\n`;
  for (let no = 1; no <= rows; no += 1) {
    const row = rowAt(no);
    text += `${importColumns.map((name) => row[name] ?? "").join(";")}\n`;
    if (text.length < chunkBytes) continue;
    yield Buffer.from(text.slice(0, chunkBytes));
    text = text.slice(chunkBytes);
  }
  if (text !== "") yield Buffer.from(text);
}

export async function importFigures(rows: number): Promise<ImportFigures> {
  await using database = await openBenchDatabase();
  const connection = connect(database.url, { max: 4, statementTimeoutMs: 600_000 });
  // Told how much it may use, the runtime does not put off collecting what loading the modules left behind.
  const execArgv = ["--max-old-space-size=160", "--max-semi-space-size=16"];
  const worker = fork(new URL("./import-worker.ts", import.meta.url), [], { execArgv });
  try {
    const listId = await seed(connection);
    worker.send(database.url);
    await once(worker, "message");
    const first = await run(connection, { rows, listId });
    const told = await count(connection, "catalog_changes");
    const again = await run(connection, { rows, listId });
    const searchTold = (await count(connection, "catalog_changes")) - told;
    const copySeconds = await copied(connection, rows);
    worker.send("stop");
    const [{ peakMegabytes }] = (await once(worker, "message")) as [{ peakMegabytes: number }];
    return {
      rows,
      megabytes: first.bytes / 1_000_000,
      seconds: first.seconds,
      accepted: first.created,
      refused: first.failed,
      copySeconds,
      againSeconds: again.seconds,
      againChanged: again.created + again.changed,
      searchTold,
      workerPeakMegabytes: peakMegabytes,
    };
  } finally {
    if (worker.connected) worker.kill();
    await connection.close();
  }
}

async function seed({ sql }: Connection): Promise<string> {
  await sql`insert into marketplaces (id, slug, name, currency) values (${marketplaceId}, 'bench', 'Bench', 'EUR')`;
  await sql`
    insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
    values (${marketplaceId}, ${vendorId}, 'supplier', 'approved', 'x', now())`;
  const [list] = await sql`
    insert into price_lists (marketplace_id, vendor_id, name, currency)
    values (${marketplaceId}, ${vendorId}, 'Imported', 'EUR') returning id`;
  return String(list?.["id"]);
}

type Order = { readonly rows: number; readonly listId: string };

/** One import of the file, from its start to its end; its bytes are there before. */
async function run({ sql }: Connection, { rows, listId }: Order) {
  const [made] = await sql`
    insert into imports (marketplace_id, vendor_id, file_name, dry_run, apply, created_by, price_list_id, mapping)
    values (${marketplaceId}, ${vendorId}, 'bench.csv', false, 'valid', 'bench', ${listId},
      ${JSON.stringify({ ...importMapping, dateFormat: null, unitAliases: {} })}::text::jsonb) returning id`;
  const id = String(made?.["id"]);
  let bytes = 0;
  let no = 0;
  for (const piece of piecesOf(rows)) {
    no += 1;
    bytes += piece.length;
    await sql`insert into import_chunks (import_id, upload, no, content) values (${id}, 0, ${no}, ${piece})`;
  }
  const started = performance.now();
  await sql`update imports set state = 'waiting', file_bytes = ${bytes} where id = ${id}`;
  for (;;) {
    const [row] = await sql`select * from imports where id = ${id}`;
    if (row?.["ended_at"] !== null && row !== undefined) {
      if (row["state"] !== "done") throw new Error(`the import ended as ${JSON.stringify(row)}`);
      const seconds = (performance.now() - started) / 1_000;
      const number = (name: string): number => Number(row[name]);
      return {
        ...{ seconds, bytes, failed: number("rows_failed") },
        ...{ created: number("offers_created"), changed: number("offers_changed") },
      };
    }
    await pause(100);
  }
}

async function count({ sql }: Connection, table: string): Promise<number> {
  const [row] = await sql`select count(*)::int as rows from ${sql(table)}`;
  return Number(row?.["rows"]);
}

async function copied({ sql }: Connection, rows: number): Promise<number> {
  const columns = importColumns.map((name) => `${name} text`).join(", ");
  await sql.unsafe(`create unlogged table twin (${columns})`);
  const started = performance.now();
  const target = await sql`copy twin from stdin (format csv, delimiter ';', header true)`.writable();
  await pipeline(Readable.from(piecesOf(rows)), target);
  return (performance.now() - started) / 1_000;
}
