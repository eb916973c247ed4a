import type { Cursor, SortOrder } from "@kontor/catalog";

const version = 1;

export function cursorOf({ key, id }: Cursor, sort: SortOrder): string {
  return Buffer.from(JSON.stringify([version, sort, key, id])).toString("base64url");
}

/** Undefined when the text is no cursor of this order. */
export function positionIn(cursor: string, sort: SortOrder): Cursor | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4) return undefined;
  const [tag, order, key, id]: unknown[] = parts;
  const isKey = key === null || typeof key === "string" || (typeof key === "number" && Number.isFinite(key));
  return tag === version && order === sort && isKey && typeof id === "string" ? { key, id } : undefined;
}
