import type { QuickOrderWish } from "@kontor/db";
import type { QuickOrder } from "@kontor/formats";
import {
  orderColumnsOf,
  parseQuickOrder,
  quickOrderRowsMax,
  readQuickOrder,
  readTable,
  UnreadableFile,
} from "@kontor/formats";
import type { QuickOrderFileInput } from "@kontor/protocol";
import { quickOrderBytesMax } from "@kontor/protocol";
import { Refusal } from "../refusal.ts";

/** Bytes that a workbook's table and its texts may unpack to: a small file may hold a very large one. */
const unpackedBytesMax = 8 * quickOrderBytesMax;

/** What pasted lines want. @throws Refusal `quick_order_empty`, `quick_order_too_long` */
export function wishesOfText(text: string): readonly QuickOrderWish[] {
  return wishesOf(parseQuickOrder(text), "/text");
}

type OrderFile = Pick<QuickOrderFileInput, "content" | "sheet" | "columns" | "decimalMark">;

/**
 * What the rows of a file want.
 *
 * @throws Refusal `file_unreadable` with its cause and what to do, `file_column_missing`, `quick_order_empty`,
 *         `quick_order_too_long`
 */
export async function wishesOfFile(file: OrderFile): Promise<readonly QuickOrderWish[]> {
  try {
    return wishesOf(await orderIn(file), "/content");
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { code: cause, message: detail, hint } = error;
    throw new Refusal("file_unreadable", { cause, detail, hint, pointer: "/content" }, { cause: error });
  }
}

async function orderIn({ content, sheet, columns: told, decimalMark }: OrderFile): Promise<QuickOrder> {
  const bytes = Buffer.from(content, "base64");
  const table = await readTable(piecesOf(bytes), { unpackedBytesMax, ...(sheet !== undefined && { sheet }) });
  try {
    const columns = orderColumnsOf(table, told);
    if (!("missing" in columns)) return await readQuickOrder(table, columns, decimalMark ?? null);
    const { missing: column } = columns;
    throw new Refusal("file_column_missing", {
      column,
      columns: table.columns.slice(0, 50).map(({ name }) => name),
      pointer: `/columns/${column}`,
    });
  } finally {
    await table.close();
  }
}

function wishesOf({ rows, complete }: QuickOrder, pointer: string): readonly QuickOrderWish[] {
  if (!complete) throw new Refusal("quick_order_too_long", { max: quickOrderRowsMax, pointer });
  if (rows.length === 0) throw new Refusal("quick_order_empty", { pointer });
  return rows;
}

// biome-ignore lint/suspicious/useAwait: a source of bytes is asynchronous, whether or not it has to wait.
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
