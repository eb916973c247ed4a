import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { keyOf } from "./idempotency-key.ts";

/**
 * The id of what a request makes: the same each time that it is asked for under its key, so that it is made once, also
 * where the first answer was lost. Version 8 of UUIDs; `parts` tell several things of one request apart.
 */
export function idOfKey(request: FastifyRequest, ...parts: readonly (string | number)[]): string {
  const { userId, companyId, kind } = request.actor;
  const named = JSON.stringify([userId, companyId ?? kind, keyOf(request), request.routeOptions.url, ...parts]);
  const hex = createHash("sha256").update(named).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) & 3];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
