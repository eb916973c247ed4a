import { limits } from "@kontor/kernel";
import { ClientMessage, personCommands } from "@kontor/protocol";
import fc from "fast-check";
import { z } from "zod";
import { mutated, mutations } from "./mutations.ts";
import type { Schema } from "./schema-values.ts";
import { valuesOf } from "./schema-values.ts";

/** One websocket message, with placeholders for ids. */
export type LiveCase = { readonly text: string; readonly caller: number };

const jsonSchema = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
const none = (): Schema => ({});

const commands = fc.oneof(...Object.values(personCommands).map((schema) => valuesOf(jsonSchema(schema), none)));
const others = valuesOf(jsonSchema(ClientMessage), none);
const streams = fc.constantFrom(
  "me",
  "tender:{{tenderId:1}}",
  "lot:{{lotId:2}}",
  "lot:{{lotId:5}}",
  "tender:nothing",
  "lot:",
  "book:x",
);
const fitting = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      id: fc.uuid(),
      op: fc.constant("command"),
      command: commands,
      validUntil: fc.option(fc.constantFrom("2031-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "soon"), {
        nil: undefined,
        freq: 3,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      id: fc.string({ minLength: 1, maxLength: 64 }),
      op: fc.constantFrom("subscribe", "unsubscribe"),
      stream: streams,
      from: fc.option(fc.record({ epoch: fc.string({ maxLength: 90 }), seq: fc.integer({ min: -1, max: 50 }) }), {
        nil: undefined,
      }),
    }),
  },
  { weight: 2, arbitrary: others },
);

/** Texts that are no message at all. */
const garbage = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    "0",
    '"text"',
    "{",
    "}{",
    "\u0000",
    '{"op":"command"}',
    "[".repeat(5_000),
    '{"__proto__":{"op":"time"}}',
  ),
  fc.json({ maxDepth: 4 }),
  fc.string({ maxLength: 200, unit: "binary" }),
);

/** Longer ones end the connection, which has a test of its own. */
const bytesMax = limits.frameBytesMax - 1_000;

/** Messages of every kind: fitting ones, fitting ones with something wrong, and none at all. */
export const liveCases: fc.Arbitrary<LiveCase> = fc
  .record({
    caller: fc.nat(99),
    text: fc.oneof(
      { weight: 3, arbitrary: fitting.map((message) => JSON.stringify(message)) },
      {
        weight: 9,
        arbitrary: fc
          .tuple(fitting, mutations)
          .map(([message, mutation]) => JSON.stringify(mutated(message, mutation)) ?? ""),
      },
      { weight: 1, arbitrary: garbage },
    ),
  })
  .filter(({ text }) => Buffer.byteLength(text) < bytesMax);
