import type { FastifyRequest } from "fastify";
import { invalid } from "../plugins/validation.ts";
import { Refusal } from "../refusal.ts";

/** The version in If-Match: a number, with or without the quotes of an entity tag. Undefined when there is none. */
export function versionIn({ headers }: FastifyRequest): number | undefined {
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
