import { UnreadableFile } from "../files/unreadable-file.ts";
import type { TableFormat } from "./table.ts";
import { encodingOf, TextDecoding } from "./text-decoding.ts";

/** The format of a table by its first bytes. @throws UnreadableFile where they are of no table. */
export function contentKindOf(head: Uint8Array): TableFormat {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return "xlsx";
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) {
    const hint = "Open it in your spreadsheet program and save it as .xlsx without a password.";
    throw new UnreadableFile("file_is_old_excel", "The workbook is of an old format or has a password.", { hint });
  }
  const encoding = encodingOf(head);
  const text = new TextDecoding(encoding).next(head).replace(/^\ufeff/, "");
  if (text.trim() === "")
    throw new UnreadableFile("file_empty", "The file is empty.", { hint: "Send a file with rows." });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text.
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) {
    const hint = "Send a CSV, XLSX or NDJSON file.";
    throw new UnreadableFile("file_is_binary", "The file is neither text nor a workbook.", { hint });
  }
  if (/^\s*</.test(text)) {
    const hint = "Import it as BMEcat, or send a CSV, XLSX or NDJSON file.";
    throw new UnreadableFile("file_is_xml", "The file is XML.", { hint });
  }
  return /^\s*\{\s*["}]/.test(text) ? "ndjson" : "csv";
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}
