import { Instant, TenderTerms } from "@kontor/protocol";

/* The least and the most that a schema lets pass, member by member. */

export type Side = "least" | "most";

/** The part of JSON Schema that the terms use. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

/** From least to most; which of them a pattern lets pass is the schema's to say. */
const candidates = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "1969-12-31T23:59:59.999999Z",
  "1970-01-01T00:00:00Z",
  "2199-12-31T23:59:59.999999Z",
  "2200-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999Z",
  "0",
  "0.000000000000000001",
  "0.0001",
  "100",
  "999999999999999999.999999999999999999",
  "AAA",
  "ZZZ",
];

function pick<Item>(items: readonly Item[], side: Side): Item {
  const item = side === "least" ? items[0] : items.at(-1);
  if (item === undefined) throw new Error("nothing fits");
  return item;
}

/** Three bytes a character, and in it whatever a text may hold that a database could stumble over. */
const awkward = "\"'\\\u0001\u2028\u{1f4a9}$1%s";

export function longText(length: number): string {
  return `${awkward}${"界".repeat(length)}`.slice(0, length);
}

function textOf({ pattern, minLength = 0, maxLength = 40 }: Schema, side: Side): string {
  if (pattern === undefined) return side === "least" ? "x".repeat(minLength) : longText(maxLength);
  const form = new RegExp(pattern);
  return pick(
    candidates.filter((text) => form.test(text) && text.length <= maxLength),
    side,
  );
}

function extremeOf(schema: Schema, side: Side): unknown {
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return pick(schema.enum, side);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) {
    const isOption = variants.some(({ type }) => type === "null");
    if (isOption && side === "least") return null;
    return extremeOf(pick(isOption ? variants.filter(({ type }) => type !== "null") : variants, side), side);
  }
  switch (schema.type) {
    case "string":
      return textOf(schema, side);
    case "integer":
    case "number":
      return side === "least" ? schema.minimum : schema.maximum;
    case "boolean":
      return side === "most";
    case "array": {
      const length = (side === "least" ? schema.minItems : schema.maxItems) ?? 0;
      return Array.from({ length }, () => extremeOf(schema.items ?? {}, side));
    }
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, member]) => [name, extremeOf(member, side)]),
      );
    default:
      throw new Error(`no extremes of ${JSON.stringify(schema)}`);
  }
}

export function extremeTerms(side: Side): TenderTerms {
  return TenderTerms.parse(extremeOf(TenderTerms.toJSONSchema() as Schema, side));
}

/** The first or the last instant that the schema lets pass. */
export function extremeInstant(side: Side): string {
  return textOf(Instant.toJSONSchema() as Schema, side);
}
