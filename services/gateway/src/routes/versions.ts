import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { invalid } from "../plugins/validation.ts";
import { Refusal } from "../refusal.ts";

/** Documents the header of an edited document; the handler reads it, because each of its faults has a code of its own. */
export const versionHeader = {
  "if-match": z
    .string()
    .optional()
    .meta({ description: 'The version that was read, e.g. "3". Left out: 428, another one: 412.' }),
};
export const VersionHeaders = z.looseObject(versionHeader);
/** Of a document that may be there or not. */
export const FirstOrVersionHeaders = VersionHeaders.extend({
  "if-none-match": z.string().optional().meta({ description: "`*` where there must be none yet." }),
});

/** The version in If-Match: a number, with or without the quotes of an entity tag. Undefined when there is none. */
function versionIn({ headers }: FastifyRequest): number | undefined {
  const given = headers["if-match"];
  if (given === undefined || given === "") return undefined;
  const digits = /^(?:W\/)?"?([1-9]\d{0,14})"?$/.exec(given)?.[1];
  if (digits === undefined) {
    throw invalid([{ path: ["if-match"], code: "invalid_format", message: 'A version such as "3".' }], "/headers");
  }
  return Number(digits);
}

/** @throws Refusal `precondition_required` when the caller does not say which version he has read */
export function versionOf(request: FastifyRequest): number {
  const version = versionIn(request);
  if (version === undefined) throw new Refusal("precondition_required");
  return version;
}

/** 0 for `If-None-Match: *`: there is none yet. @throws Refusal `precondition_required` */
export function firstOrVersionOf(request: FastifyRequest): number {
  return request.headers["if-none-match"] === "*" ? 0 : versionOf(request);
}
