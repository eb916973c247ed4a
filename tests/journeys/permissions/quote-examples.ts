import { newId } from "@kontor/sdk";
import type { Example } from "./example-requests.ts";

const market = "/v1/marketplaces/:marketplaceId";
const request = `${market}/quote-requests/:requestId`;
const quote = `${market}/quotes/:quoteId`;
const estimate = `${market}/estimates/:estimateId`;
/** A version that nobody has: whoever is let in is told so, and nothing is written. */
const staleVersion = { "if-match": '"999"' };

/** Ids of nothing: what is not there has a code of its own, behind the door. */
const unknown = {
  status: 404,
  prepare: () => Promise.resolve({ requestId: newId(), quoteId: newId(), estimateId: newId(), no: "1" }),
};
const missing = (path: string): Readonly<Record<string, Example>> => ({
  [`GET ${path}`]: unknown,
  [`HEAD ${path}`]: unknown,
});

const lines = [{ description: "A crane for a day", quantity: "1", unit: "DAY" }];
const asking = { title: "Crane", dueAt: "2100-01-01T00:00:00Z", vendorIds: ["nobody"] };
const draft = { ...asking, currency: "EUR", lines };
const tiers = [{ quantity: "1", unit: "DAY", price: "800.00" }];
const version = { currency: "EUR", validUntil: "2100-01-01T00:00:00Z", lines: [{ lineNo: 1, tiers }] };
const taken = () => ({ acceptanceId: newId(), version: 1, lines: [{ lineNo: 1, quantity: "1", unit: "DAY" }] });

/** How one asks at the doors of requests for quotes, quotes and project estimates. */
export const quoteExamples: Readonly<Record<string, Example>> = {
  // The vendor that it names sells nothing here.
  [`POST ${market}/quote-requests`]: { status: 422, body: draft },
  ...missing(request),
  ...missing(`${request}/comparison`),
  [`PUT ${request}`]: { ...unknown, headers: staleVersion, body: draft },
  ...Object.fromEntries(
    ["sending", "closing", "cancellation"].map((step) => [
      `POST ${request}/${step}`,
      { ...unknown, headers: staleVersion },
    ]),
  ),
  [`POST ${request}/refusal`]: { ...unknown, body: { reason: "no time" } },
  [`POST ${request}/quote-versions`]: { ...unknown, body: version },
  ...missing(quote),
  [`PUT ${quote}/addition`]: { ...unknown, body: { amount: "1.00" } },
  [`POST ${quote}/orders`]: { ...unknown, body: taken },
  [`POST ${quote}/agreements`]: { ...unknown, body: taken },
  [`POST ${market}/estimates`]: { status: 201, body: { name: "Hall 3", currency: "EUR", lines } },
  ...missing(estimate),
  ...missing(`${estimate}/versions/:no`),
  [`POST ${estimate}/versions`]: { ...unknown, headers: staleVersion, body: { currency: "EUR", lines } },
  [`POST ${estimate}/versions/:no/quote-requests`]: { ...unknown, body: asking },
  [`POST ${estimate}/versions/:no/cart`]: unknown,
};
