import { createHash } from "node:crypto";

/**
 * The UUID that stands for what the parts name, the same each time: an operation of the ledger that a crash left open
 * is asked for again under its id. Version 8, so that it is none that a client has made at random.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) & 3];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
