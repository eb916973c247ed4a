import { CommandKey } from "@kontor/protocol";
import type { FastifyRequest } from "fastify";
import { Refusal } from "../refusal.ts";

/** The key of a mutation; quotes around it, which the draft standard asks for, are dropped. */
export function keyOf({ headers }: FastifyRequest): string {
  const given = headers["idempotency-key"];
  if (given === undefined || given === "") throw new Refusal("key_missing");
  const key = CommandKey.safeParse(String(given).replace(/^"(.*)"$/, "$1"));
  if (!key.success) throw new Refusal("key_malformed");
  return key.data;
}
