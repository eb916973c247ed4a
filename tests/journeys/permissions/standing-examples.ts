import { newId } from "@kontor/sdk";
import type { Example } from "./example-requests.ts";

const plans = "/v1/marketplaces/:marketplaceId/standing-orders";
const plan = `${plans}/:standingOrderId`;
const date = `${plan}/dates/:date`;
/** A standing order that nobody has: what is not there has a code of its own, behind the door. */
const unknown = {
  status: 404,
  prepare: () => Promise.resolve({ standingOrderId: newId(), date: "2031-01-06" }),
};
const known = { ...unknown, headers: { "if-match": '"1"' } };
const lines = () => [{ offerId: newId(), quantity: "1" }];

/** How one asks at the doors of standing orders. */
export const standingExamples: Readonly<Record<string, Example>> = {
  // The offer that it names is nobody's.
  [`POST ${plans}`]: {
    status: 409,
    body: () => ({ name: "Weekly", rule: { unit: "week", every: 1 }, startOn: "2031-01-06", lines: lines() }),
  },
  [`GET ${plan}`]: unknown,
  [`HEAD ${plan}`]: unknown,
  [`PUT ${plan}`]: { ...known, body: () => ({ name: "Weekly", lines: lines() }) },
  [`POST ${plan}/pausing`]: known,
  [`POST ${plan}/resumption`]: known,
  [`POST ${plan}/ending`]: known,
  [`PUT ${date}`]: { ...known, body: { orderOn: "2031-01-07" } },
  [`POST ${date}/skipping`]: known,
  [`POST ${date}/consent`]: { ...known, body: { answer: "skip" } },
};
