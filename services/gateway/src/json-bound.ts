import { z } from "zod";

/** Of one character of text: some encoders write everything beyond ASCII, and all write control characters, as \uXXXX. */
const bytesPerCharacter = 6;
/** What the patterns of ids, amounts, codes and instants allow at most; all of it ASCII. */
const patternLengthMax = 66;
/** A sign, 17 digits, a point and an exponent. */
const numberLengthMax = 25;

type Schema = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly contentEncoding?: string;
};

/** Bytes of the longest compact JSON text of a value that fits the schema; infinite where something has no bound. */
export function jsonBytesMax(schema: z.ZodType): number {
  const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
  return bytesOf(whole, whole.$defs ?? {});
}

function bytesOf(schema: Schema, defs: Readonly<Record<string, Schema>>): number {
  const { $ref, type } = schema;
  if ($ref !== undefined) return bytesOf(defs[$ref.replace("#/$defs/", "")] ?? {}, defs);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return Math.max(...alternatives.map((one) => bytesOf(one, defs)));
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values !== undefined) return Math.max(...values.map((value) => JSON.stringify(value).length));
  if (type === "object") return objectBytes(schema, defs);
  if (type === "array") return (schema.maxItems ?? Infinity) * (bytesOf(schema.items ?? {}, defs) + 1) + 2;
  if (type === "string") return stringBytes(schema);
  if (type === "number" || type === "integer") return numberLengthMax;
  if (type === "boolean") return "false".length;
  return type === "null" ? "null".length : Infinity;
}

function objectBytes(
  { properties = {}, additionalProperties }: Schema,
  defs: Readonly<Record<string, Schema>>,
): number {
  if (additionalProperties !== false) return Infinity;
  const members = Object.entries(properties).map(([name, one]) => JSON.stringify(name).length + 2 + bytesOf(one, defs));
  return members.reduce((sum, bytes) => sum + bytes, 2);
}

function stringBytes({ pattern, maxLength, contentEncoding }: Schema): number {
  if (contentEncoding === "base64") return (maxLength ?? Infinity) + 2;
  if (pattern !== undefined) return patternLengthMax + 2;
  return (maxLength ?? Infinity) * bytesPerCharacter + 2;
}
