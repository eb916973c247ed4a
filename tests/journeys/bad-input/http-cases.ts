import fc from "fast-check";
import type { Mutation } from "./mutations.ts";
import { mutated, mutations } from "./mutations.ts";
import type { Schema } from "./schema-values.ts";
import { valuesOf } from "./schema-values.ts";

type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
};
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly "application/json"?: { readonly schema: Schema } } };
};
export type ReferenceDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** One request, with placeholders for ids; `caller` is counted round. */
export type HttpCase = {
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly caller: number;
};

/** What is wrong with a request beside its values. */
const twists = fc.oneof(
  { weight: 16, arbitrary: fc.constant("none" as const) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      "content_type" as const,
      "cut_body" as const,
      "no_body" as const,
      "proto_text" as const,
      "path_junk" as const,
      "query_junk" as const,
      "header_junk" as const,
      "method" as const,
    ),
  },
);
const contentTypes = fc.constantFrom(
  "text/plain",
  "application/xml",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/x-www-form-urlencoded",
  "application/jsonx",
  "",
  "*/*",
);
const junkHeaders = fc.constantFrom<Record<string, string>>(
  { "idempotency-key": "short" },
  { "idempotency-key": "x".repeat(3_000) },
  { "idempotency-key": 'with space and "' },
  { "if-match": 'W/"x"' },
  { "if-match": '"99999999999999999999"' },
  { "valid-until": "yesterday" },
  { "valid-until": "2020-02-31T00:00:00Z" },
  { "valid-until": "0001-01-01T00:00:00Z" },
  { "kontor-company": "none" },
  { "kontor-company": "x".repeat(2_000) },
  { "kontor-company": "{{companyId:1}}" },
  { "x-api-key": "kontor_" },
  { "x-api-key": "x".repeat(4_000) },
  { authorization: "Bearer kontor_nonsense" },
  { authorization: "Basic Og==" },
  { cookie: "kontor.session_token=forged.signature" },
  { cookie: "; ; =; kontor.session_token" },
  { origin: "null" },
  { "content-encoding": "gzip" },
  { "x-forwarded-for": "1.2.3.4, ::1" },
  { accept: "text/html" },
  { "x-http-method-override": "DELETE" },
  { upgrade: "h2c" },
  { range: "bytes=0-1" },
);
const junkPath = fc.constantFrom(
  "%00",
  "%ff",
  "%2e%2e%2f",
  "%",
  "..",
  "//",
  "%F0%9F%98%80",
  "a".repeat(300),
  "*",
  "%7B%7B",
  "?",
  "#",
  ";x=1",
);
const junkQuery = fc.constantFrom(
  "limit=0",
  "limit=-1",
  "limit=1e9",
  "limit=abc",
  "limit=1&limit=2",
  "cursor=",
  "cursor=bm90IG91cnM",
  "cursor=%00",
  "sort=drop",
  "a[b]=c",
  "__proto__[x]=1",
  "&&&==",
  "q=%ff",
  `q=${"x".repeat(3_000)}`,
  "phase=draft&phase=nothing",
);
const methods = fc.constantFrom("PATCH", "PUT", "DELETE", "OPTIONS", "PROPFIND", "HEAD", "TRACE");

/** Requests at every operation of the reference: fitting ones, and fitting ones with something wrong. */
export function httpCases(document: ReferenceDocument): fc.Arbitrary<HttpCase> {
  const resolve = (reference: string): Schema => document.components.schemas[reference.replace(/.*\//, "")] ?? {};
  const operations = Object.entries(document.paths).flatMap(([route, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ route, method: method.toUpperCase(), operation })),
  );
  if (operations.length < 90) throw new Error("the reference lists too little");
  const weighted = operations.map((one) => ({
    weight: weightOf(one),
    arbitrary: casesOf(one, resolve),
  }));
  return fc.oneof(...weighted);
}

/**
 * Endpoints of accounts hash passwords and are the library's; ours are what this is about. Reads come more often than
 * writes, most of which need ids that nobody can guess: what is read is read past the schemas.
 */
function weightOf({ route, method }: Pick<Made, "route" | "method">): number {
  if (route.startsWith("/v1/auth/")) return 1;
  return method === "GET" ? 8 : 4;
}

type Made = { readonly route: string; readonly method: string; readonly operation: Operation };

function casesOf({ route, method, operation }: Made, resolve: (reference: string) => Schema): fc.Arbitrary<HttpCase> {
  const { parameters = [], requestBody } = operation;
  const valuesIn = (place: Parameter["in"]) => {
    const list = parameters.filter((one) => one.in === place);
    const members = list.map(({ name, schema }) => [name, valuesOf(schema, resolve, name)] as const);
    return fc.record(Object.fromEntries(members), {
      requiredKeys: place === "path" ? list.map(({ name }) => name) : [],
      noNullPrototype: true,
    });
  };
  const schema = requestBody?.content["application/json"]?.schema;
  return fc
    .record({
      path: valuesIn("path"),
      query: valuesIn("query"),
      body: schema === undefined ? fc.constant(undefined) : valuesOf(schema, resolve),
      caller: fc.nat(99),
      key: fc.uuid(),
      version: fc.integer({ min: 0, max: 3 }),
      wrong: fc.option(
        fc.record({ where: fc.constantFrom("body", "body", "body", "path", "query"), mutation: mutations }),
        { freq: 3 },
      ),
      twist: twists,
      junk: fc.record({
        contentType: contentTypes,
        header: junkHeaders,
        path: junkPath,
        query: junkQuery,
        method: methods,
        cut: fc.nat(100),
      }),
    })
    .map((parts) => assembled({ route, method }, parts as Parts));
}

type Parts = {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
  readonly caller: number;
  readonly key: string;
  readonly version: number;
  readonly wrong: { readonly where: string; readonly mutation: Mutation } | null;
  readonly twist: string;
  readonly junk: {
    readonly contentType: string;
    readonly header: Record<string, string>;
    readonly path: string;
    readonly query: string;
    readonly method: string;
    readonly cut: number;
  };
};

function assembled({ route, method }: Pick<Made, "route" | "method">, parts: Parts): HttpCase {
  const { twist, junk, wrong } = parts;
  const at = (where: string, value: unknown): unknown =>
    wrong?.where === where ? mutated(value, wrong.mutation) : value;
  const inPath = at("path", parts.path) as Record<string, unknown> | null;
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (twist === "path_junk") return junk.path;
    const value = inPath?.[name];
    return typeof value === "string" && value.startsWith("{{") ? value : encoded(value);
  });
  const pairs = Object.entries((at("query", parts.query) as object | null) ?? {}).map(
    ([name, value]) => `${encoded(name)}=${encoded(value)}`,
  );
  const query = twist === "query_junk" ? junk.query : pairs.join("&");
  const body = bodyOf(at("body", parts.body), { twist, cut: junk.cut });
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  return {
    method: twist === "method" ? junk.method : method,
    route: `${method} ${route}`,
    path: query === "" ? path : `${path}?${query}`,
    headers: {
      ...json,
      "idempotency-key": parts.key,
      "if-match": `"${parts.version}"`,
      ...(twist === "content_type" ? { "content-type": junk.contentType } : {}),
      ...(twist === "header_junk" ? junk.header : {}),
    },
    body,
    caller: parts.caller,
  };
}

function bodyOf(value: unknown, { twist, cut }: { readonly twist: string; readonly cut: number }): string | undefined {
  if (value === undefined || twist === "no_body") return undefined;
  const text = JSON.stringify(value) ?? "";
  if (twist === "cut_body") return text.slice(0, Math.floor((text.length * cut) / 100));
  return twist === "proto_text" ? `{"__proto__":{"admin":true},"constructor":{"prototype":{}},${text.slice(1)}` : text;
}

/** Percent-encoded, also what no text is: half characters become the replacement character. */
function encoded(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return encodeURIComponent(text.slice(0, 4_000).toWellFormed());
}
