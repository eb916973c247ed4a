import { CommandKey } from "@kontor/protocol";
import type { FastifyRequest } from "fastify";
import { Refusal } from "../refusal.ts";

/** What to send, for refusals and the reference. */
export const keyAdvice =
  "Made by the client, new for each mutation and the same when it is asked again: 8 to 64 letters, digits, - or _.";

/** The key of a mutation; quotes around it, which the draft standard asks for, are dropped. */
export function keyOf({ headers }: FastifyRequest): string {
  const given = headers["idempotency-key"];
  if (given === undefined || given === "") throw new Refusal("key_missing", { detail: keyAdvice });
  const key = CommandKey.safeParse(String(given).replace(/^"(.*)"$/, "$1"));
  if (!key.success) throw new Refusal("key_malformed", { detail: keyAdvice });
  return key.data;
}
