import type { FastifySchemaCompiler } from "fastify";
import type { z } from "zod";
import { Refusal } from "../refusal.ts";

type Issue = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string };

/** Where the parts of a request appear in the pointers of a refusal; the body is the document itself. */
const prefixes: Readonly<Record<string, string>> = {
  params: "/path",
  querystring: "/query",
  headers: "/headers",
};

/** Parses each part of a request with its zod schema. */
export const validate: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const prefix = prefixes[httpPart ?? ""] ?? "";
  return (data: unknown) => {
    const damage = unstorableTextIn(data);
    if (damage !== null) return { error: invalid([damage], prefix) };
    const parsed = schema.safeParse(data);
    return parsed.success ? { value: parsed.data } : { error: invalid(parsed.error.issues, prefix) };
  };
};

/** A refusal that names every wrong member by JSON Pointer, with the schema's code for what is wrong. */
export function invalid(issues: readonly Issue[], prefix = ""): Refusal {
  const errors = issues.map(({ path, code, message }) => ({ pointer: pointerOf(path, prefix), code, detail: message }));
  return new Refusal("request_invalid", { errors });
}

function pointerOf(path: readonly PropertyKey[], prefix: string): string {
  return prefix + path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const depthMax = 32;

/**
 * The first member that no schema asks for and no column could hold: text with a NUL or half of a surrogate pair, or
 * nesting without end. Null when all is well.
 */
export function unstorableTextIn(value: unknown, path: readonly PropertyKey[] = []): Issue | null {
  if (typeof value === "string") {
    if (value.isWellFormed() && !value.includes("\0")) return null;
    return { path, code: "invalid_text", message: "Text must be well-formed Unicode without NUL." };
  }
  if (typeof value !== "object" || value === null) return null;
  if (path.length >= depthMax) return { path: [], code: "too_deep", message: "The document is nested too deeply." };
  for (const [name, member] of Object.entries(value)) {
    const found = unstorableTextIn(name, path) ?? unstorableTextIn(member, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
