import { newId } from "@kontor/sdk";
import type { Example } from "./example-requests.ts";

const market = "/v1/marketplaces/:marketplaceId";
const one = `${market}/imports/:importId`;
const mapping = `${market}/import-mappings/:mappingId`;

/** Ids of nothing: what is not there has a code of its own, behind the door. */
const unknown = { status: 404, prepare: () => Promise.resolve({ importId: newId(), mappingId: newId() }) };
const missing = (path: string): Readonly<Record<string, Example>> => ({
  [`GET ${path}`]: unknown,
  [`HEAD ${path}`]: unknown,
});
const named = { name: "Usual", mapping: { columns: [{ column: "sku", field: "part_number" }] } };

/** How one asks at the doors of imported catalogues. */
export const importExamples: Readonly<Record<string, Example>> = {
  [`POST ${market}/imports`]: { status: 201, body: { fileName: "articles.csv" } },
  ...missing(one),
  // Nothing is sent that could be a file.
  [`PUT ${one}/file`]: { ...unknown, status: 415, query: "?offset=0" },
  ...missing(`${one}/preview`),
  ...missing(`${one}/problems`),
  ...missing(`${one}/failed-rows`),
  [`POST ${one}/start`]: { ...unknown, body: { fileBytes: 1 } },
  [`POST ${one}/cancellation`]: unknown,
  [`POST ${market}/import-mappings`]: { status: 201, body: () => ({ ...named, name: newId() }) },
  ...missing(mapping),
  [`PUT ${mapping}`]: { ...unknown, headers: { "if-match": '"999"' }, body: named },
  [`DELETE ${mapping}`]: unknown,
};
