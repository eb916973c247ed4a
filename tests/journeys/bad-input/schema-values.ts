import { instantPattern } from "@kontor/protocol";
import fc from "fast-check";

/** The part of JSON Schema that our documents use. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly contentEncoding?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

/** Members whose values are ids: half of them stand for something that exists, see `placeholders.ts`. */
const idMembers = new Set([
  "marketplaceId",
  "tenderId",
  "lotId",
  "companyId",
  "userId",
  "bidId",
  "awardId",
  "contractId",
  "questionId",
  "keyId",
  "organizationId",
  "productId",
  "variantId",
  "offerId",
  "findingId",
]);

/** Dates a test can live with, the first and the last there are, and some that only look like one. */
const instants = fc.oneof(
  fc.constantFrom(
    "2031-05-01T10:00:00Z",
    "2031-05-02T10:00:00.000001Z",
    "2020-02-30T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2199-12-31T23:59:59.999999Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ),
  fc
    .date({ min: new Date("2026-01-01"), max: new Date("2036-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
);
const decimals = fc.constantFrom(
  "8900.00",
  "8895",
  "0.01",
  "100",
  "5.00",
  "999999999999999999.999999999999999999",
  "1.005",
);

/** Values that fit a schema, or nearly: what a careless program would send. `resolve` follows a reference. */
export function valuesOf(schema: Schema, resolve: (reference: string) => Schema, name = ""): fc.Arbitrary<unknown> {
  if (idMembers.has(name))
    return fc.oneof(
      fc.nat(9).map((n) => `{{${name}:${n}}}`),
      textOf(schema),
    );
  if (schema.$ref !== undefined) return valuesOf(resolve(schema.$ref), resolve, name);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return fc.oneof(...variants.map((variant) => valuesOf(variant, resolve, name)));
  const types = [schema.type ?? "object"].flat();
  return fc.oneof(...types.map((type) => valuesOfType(type, schema, resolve)));
}

function valuesOfType(type: string, schema: Schema, resolve: (reference: string) => Schema): fc.Arbitrary<unknown> {
  const { minimum = schema.exclusiveMinimum ?? 0, maximum = 1_000_000 } = schema;
  switch (type) {
    case "string":
      return textOf(schema);
    case "integer":
      return fc.integer({ min: Math.max(minimum, -1_000_000), max: Math.max(minimum, Math.min(maximum, 1_000_000)) });
    case "number":
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const { minItems = 0, maxItems = 3 } = schema;
      const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, minItems + 2)) };
      return fc.array(valuesOf(schema.items ?? {}, resolve), bounds);
    }
    default:
      return objectsOf(schema, resolve);
  }
}

function objectsOf({ properties = {}, required = [] }: Schema, resolve: (reference: string) => Schema) {
  const members = Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, resolve, name)] as const);
  const requiredKeys = required.filter((name) => name in properties);
  return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true });
}

/** Files as people send them by mistake, and bytes of no meaning. */
const files = fc
  .oneof(
    fc.constantFrom(
      "SKU;Qty\nA-1;1\n",
      "SKU;Qty\n",
      "   ",
      "A-1,1.000\n",
      "<x/>",
      "PK\x03\x04",
      '{"a":1}',
      '"unclosed\n;;;\n',
    ),
    fc.string({ minLength: 1, maxLength: 200, unit: "binary" }),
  )
  .map((text) => Buffer.from(text).toString("base64"));

function textOf({ pattern, contentEncoding, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (contentEncoding === "base64") return files;
  if (pattern === undefined)
    return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: "grapheme" });
  if (pattern === instantPattern.source) return instants;
  if (pattern.includes("\\.\\d{1,18}")) return decimals;
  if (pattern.includes("(?=")) return fc.constantFrom("0.5", "100", "12.3456");
  return fc.stringMatching(new RegExp(pattern));
}
