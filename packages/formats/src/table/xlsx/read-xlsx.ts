import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ByteSource } from "../../files/byte-source.ts";
import { UnreadableFile } from "../../files/unreadable-file.ts";
import type { RawTable } from "../raw-table.ts";
import type { TableOptions } from "../table.ts";
import { tableLimits } from "../table-limits.ts";
import { numberKindsOf } from "./number-formats.ts";
import { readSharedTexts, SharedTexts } from "./shared-texts.ts";
import { SheetRows } from "./sheet-rows.ts";
import type { Sheet, Workbook } from "./workbook.ts";
import { readWorkbook, tooLarge } from "./workbook.ts";
import { brokenPart } from "./xml-events.ts";
import type { ZipArchive, ZipPart } from "./zip-archive.ts";
import { openZip } from "./zip-archive.ts";

/**
 * Opens a workbook. An archive tells at its end what is in it, so the file is put aside first; its sheet is then read as a
 * stream. What was put aside is removed when the table is closed.
 */
export async function openXlsx(source: ByteSource, options: TableOptions): Promise<RawTable> {
  const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), "kontor-workbook-"));
  const texts = new SharedTexts(folder);
  let zip: ZipArchive | undefined;
  const close = async (): Promise<void> => {
    texts.close();
    zip?.close();
    zip = undefined;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, "workbook.xlsx");
    await putAside(source, path);
    zip = await openZip(path);
    return await openSheet(zip, texts, { options, close });
  } catch (error) {
    await close();
    throw error;
  }
}

async function putAside(source: ByteSource, path: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of source.pieces()) await file.write(piece);
  } finally {
    await file.close();
  }
}

type Opening = { readonly options: TableOptions; readonly close: () => Promise<void> };

async function openSheet(zip: ZipArchive, texts: SharedTexts, { options, close }: Opening): Promise<RawTable> {
  const workbook = await readWorkbook(zip);
  const sheet = chosenSheet(workbook, options.sheet);
  const part = zip.part(sheet.path);
  if (part === null) throw brokenPart(new Error(`no ${sheet.path}`));
  const textsPart = workbook.sharedTextsPath === null ? null : zip.part(workbook.sharedTextsPath);
  const { unpackedBytesMax = tableLimits.sheetBytesMax } = options;
  if (Math.max(part.bytes, textsPart?.bytes ?? 0) > unpackedBytesMax) throw tooLarge();
  if (textsPart !== null) await readSharedTexts(textsPart, texts, options.signal);
  const kinds = await numberKindsOf(zip, workbook.stylesPath);
  const rows = new SheetRows({ texts, kinds, from1904: workbook.from1904 });
  const unpacked = { read: 0, total: part.bytes };
  return {
    format: "xlsx",
    encoding: null,
    separator: null,
    sheet: sheet.name,
    sheets: workbook.sheets.map(({ name }) => name),
    namedRows: false,
    batches: batches(part, rows, { unpacked, ...options }),
    unpacked: () => unpacked,
    close,
  };
}

type Unpacking = { readonly unpacked: { read: number }; readonly signal?: AbortSignal };

async function* batches(part: ZipPart, rows: SheetRows, { unpacked, signal }: Unpacking): RawTable["batches"] {
  for await (const piece of part.stream(signal)) {
    unpacked.read += piece.length;
    yield rows.write(piece);
  }
  yield rows.end();
}

function chosenSheet({ sheets }: Workbook, name: string | undefined): Sheet {
  const sheet =
    name === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find((each) => each.name === name);
  if (sheet !== undefined) return sheet;
  const hint = `Choose one of: ${sheets.map((each) => each.name).join(", ")}.`;
  throw new UnreadableFile("sheet_missing", `The workbook has no sheet ${name ?? ""}.`, { hint });
}
