import type { Answered, Listing, Written } from "@kontor/db";
import type { Page } from "@kontor/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../refusal.ts";

/** A page with the address of the one after it in the Link header. */
export function pageOrRefusal<Entry>(
  listing: Listing<Entry>,
  request: FastifyRequest,
  reply: FastifyReply,
): { data: Entry[]; next: string | null } {
  if (!listing.ok) throw new Refusal(listing.code);
  const { data, next }: Page<Entry> = listing;
  if (next !== null) {
    const address = new URL(request.url, "http://here");
    address.searchParams.set("cursor", next);
    reply.header("link", `<${address.pathname}${address.search}>; rel="next"`);
  }
  return { data: [...data], next };
}

/** @throws Refusal with the write's own code */
export function valueOrRefusal<Value>(written: Written<Value>): Value {
  if (written.ok) return written.value;
  throw new Refusal(
    written.code,
    written.code === "precondition_failed" ? { actualVersion: written.actualVersion } : {},
  );
}

/** @throws Refusal with the code and the numbers of what was refused */
export function answerOrRefusal<Value>(answer: Answered<Value>): Value {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.code, answer.data);
}

/** @throws Refusal `not_found` for undefined and null */
export function foundOrRefusal<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Refusal("not_found");
  return value;
}

/** The document as the answer, with its version as the entity tag. */
export function tagged<Document extends { readonly version: number }>(
  reply: Pick<FastifyReply, "header">,
  document: Document,
): Document {
  reply.header("etag", tagOf(document.version));
  return document;
}

/** Entity tag of a version. */
export function tagOf(version: number): string {
  return `"${version}"`;
}
