import { decimalPattern, limits } from "@kontor/kernel";
import type { Column, SQL } from "drizzle-orm";
import { asc, desc, sql } from "drizzle-orm";
import type { Listing } from "./listing.ts";

type SortValue = string | number;

/**
 * One order of a list: by `by`, then by `id`, which is unique. A page starts after the last entry of the page before,
 * so that entries which arrive meanwhile move nothing.
 */
export type Order = {
  /** Part of the cursor: a cursor of another order is malformed. */
  readonly name: string;
  readonly by: Column | SQL;
  readonly id: Column;
  readonly direction: "asc" | "desc";
  readonly accepts: (value: unknown) => value is SortValue;
  /** Where not every text is an id. */
  readonly acceptsId?: (id: string) => boolean;
};

export const isInstant = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
export const isCount = (value: unknown): value is number => isInstant(value) && value <= 2_147_483_647;
export const isAmount = (value: unknown): value is string => typeof value === "string" && decimalPattern.test(value);
/** Control characters are in none of our texts, and one of them is an error to the database. */
export const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 400 && !/\p{Cc}/u.test(value);

export type PageRequest = { readonly limit?: number | undefined; readonly cursor?: string | undefined };

type Position = readonly [value: SortValue, id: string];

export type PageSource<Row, Entry> = {
  readonly order: Order;
  /** Rows that follow `after`, in the given order, at most `limit`. */
  readonly rows: (part: {
    readonly after: SQL | undefined;
    readonly orderBy: readonly [SQL, SQL];
    readonly limit: number;
  }) => PromiseLike<readonly Row[]>;
  readonly positionOf: (row: Row) => Position;
  readonly entryOf: (row: Row) => Entry;
};

export async function pageFrom<Row, Entry>(
  request: PageRequest,
  { order, rows, positionOf, entryOf }: PageSource<Row, Entry>,
): Promise<Listing<Entry>> {
  const position = request.cursor === undefined ? undefined : positionIn(request.cursor, order);
  if (position === null) return { ok: false, code: "cursor_malformed" };
  const size = Math.min(Math.max(request.limit ?? limits.pageDefault, 1), limits.pageMax);
  const sorted = order.direction === "asc" ? asc : desc;
  const found = await rows({
    after: position && after(position, order),
    orderBy: [sorted(order.by), sorted(order.id)],
    limit: size + 1,
  });
  const last = found.length > size ? found[size - 1] : undefined;
  const next = last === undefined ? null : cursorOf(positionOf(last), order);
  return { ok: true, data: found.slice(0, size).map(entryOf), next };
}

function after([value, id]: Position, { by, id: idColumn, direction }: Order): SQL {
  const bound = "mapToDriverValue" in by ? sql.param(value, by as Column) : sql`${value}`;
  const position = sql`(${bound}, ${sql.param(id, idColumn)})`;
  return direction === "asc" ? sql`(${by}, ${idColumn}) > ${position}` : sql`(${by}, ${idColumn}) < ${position}`;
}

const version = 1;

function cursorOf([value, id]: Position, { name }: Order): string {
  return Buffer.from(JSON.stringify([version, name, value, id])).toString("base64url");
}

/** Null when the text is no cursor of this order. */
function positionIn(cursor: string, order: Order): Position | null {
  if (!/^[A-Za-z0-9_-]{1,1000}$/.test(cursor)) return null;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [tag, name, value, id]: unknown[] = parts;
  if (tag !== version || name !== order.name || !order.accepts(value) || !isText(id)) return null;
  return order.acceptsId === undefined || order.acceptsId(id) ? [value, id] : null;
}
