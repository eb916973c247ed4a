import { randomUUID } from "node:crypto";
import type { Actor } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { QuoteVersionInput } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import {
  createAgreementRepository,
  createEstimateRepository,
  createQuoteRepository,
  createQuoteRequestRepository,
} from "../../src/index.ts";
import { day, engine, givenBuying, must, noon, operator, person } from "../buying/given-buying.ts";

const given = givenBuying();
const requests = () => createQuoteRequestRepository(given.db);
const quotes = () => createQuoteRepository(given.db, engine);
const estimates = () => createEstimateRepository(given.db);
const inDays = (days: number) => noon + days * day;
const at = (days: number) => instantOfMicros(inDays(days));

type Tier = readonly [quantity: string, price: string, allowsMore?: boolean];
type Answer = Partial<QuoteVersionInput> & { readonly offerId?: string; readonly tiers: readonly Tier[] };

function version({ offerId, tiers, ...more }: Answer): QuoteVersionInput {
  const told = tiers.map(([quantity, price, allowsMore = false]) => {
    return { quantity, price, allowsMore, unit: "C62", priceBaseQuantity: "1" };
  });
  const lines = [{ lineNo: 1, ...(offerId && { offerId }), tiers: told }];
  return { currency: "EUR", validUntil: at(14), note: "", lines, ...more };
}

let count = 0;

/** A buyer who asks one vendor or more for 500 of an article at 6.90 that the list has at 7.50. */
async function asked({ vendors = 1, quantity = "500" } = {}) {
  count += 1;
  const buyer = await given.company(`buyer${count}`);
  const sellers: string[] = [];
  for (let at = 1; at <= vendors; at += 1) sellers.push(await given.company(`vendor${count}x${at}`));
  const offers: string[] = [];
  for (const vendorId of sellers) offers.push(await given.offer({ vendorId, price: "7.50" }));
  const who = person(buyer);
  const wanted = { offerId: offers[0] ?? "", description: "", quantity, unit: "C62", targetPrice: "6.90" };
  const draft = must(
    await requests().create(who, {
      ...{ title: "Screws", currency: "EUR", dueAt: at(7), note: "", vendorIds: sellers },
      lines: [wanted],
    }),
  );
  const { requestId } = draft;
  return { buyer: who, sellers: sellers.map((id) => person(id, "seller")), offers, requestId };
}

async function sent(options: Parameters<typeof asked>[0] = {}) {
  const scene = await asked(options);
  must(await requests().move(scene.buyer, { requestId: scene.requestId, version: 1 }, { step: "send", at: noon }));
  const send = async (vendor: Actor | undefined, answer: Answer, when = noon) =>
    await quotes().send(vendor ?? operator, { requestId: scene.requestId, input: version(answer), at: when });
  return { ...scene, send };
}

const take = (quantity: string, more = {}) => ({
  ...{ acceptanceId: randomUUID(), version: 1, lines: [{ lineNo: 1, quantity, unit: "C62" }] },
  ...{ buyerNumber: "PO-7", note: "" },
  ...more,
});

describe("S7 quote lock", () => {
  test("1,000 at 6.75 make an order of 6,750.00 whatever the list says by then; 900 and day 15 are refused", async () => {
    const { buyer, sellers, offers, send } = await sent();
    const [offerId = ""] = offers;
    const tiers = [
      ["500", "7.10"],
      ["1000", "6.75"],
    ] as const;
    const { quoteId } = must(await send(sellers[0], { offerId, tiers }));
    await given.setPrice(offerId, "8.00");
    const order = (quantity: string, when = inDays(1)) =>
      quotes().order({ actor: buyer, quoteId, input: take(quantity), at: when });
    expect(await order("900")).toMatchObject({
      code: "quote_quantity_not_offered",
      data: { neighbours: { below: "500", above: "1000" }, lineNo: 1 },
    });
    expect(await order("1000", inDays(15))).toMatchObject({ code: "quote_expired", data: { at: at(14) } });
    expect(await order("1000", inDays(14))).toMatchObject({ code: "quote_expired" });
    const input = take("1000");
    const accepted = must(await quotes().order({ actor: buyer, quoteId, input, at: inDays(1) }));
    const made = await given.orders.find(buyer, accepted.outcomeId);
    expect(made).toMatchObject({
      total: "6750.00",
      net: "6750.00",
      freight: "0.00",
      buyerNumber: "PO-7",
      state: "placed",
    });
    expect(made?.lines[0]).toMatchObject({ quantity: "1000", price: { unitPrice: "6.75" }, net: "6750.00" });
    // The same acceptance again has the same outcome; another of the same line has none.
    expect(must(await quotes().order({ actor: buyer, quoteId, input, at: inDays(2) }))).toEqual(accepted);
    expect(await order("1000")).toMatchObject({ code: "quote_line_accepted" });
  });

  test("v1 stays readable after v2, and only v2 can be accepted", async () => {
    const { buyer, sellers, offers, send } = await sent();
    const [offerId = ""] = offers;
    const first = must(await send(sellers[0], { offerId, tiers: [["500", "7.10"]] }));
    const second = must(await send(sellers[0], { offerId, tiers: [["900", "6.80", true]] }, inDays(1)));
    expect(second).toMatchObject({ quoteId: first.quoteId, version: 2 });
    const seen = await quotes().find(buyer, first.quoteId);
    expect(seen?.versions[0]).toEqual({ ...first.versions[0], sentBy: undefined });
    expect(seen?.versions.map(({ lines }) => lines[0]?.tiers[0]?.price)).toEqual(["7.1", "6.8"]);
    const order = (more: object) =>
      quotes().order({ actor: buyer, quoteId: first.quoteId, input: take("950", more), at: inDays(2) });
    expect(await order({ version: 1 })).toMatchObject({ code: "quote_superseded", data: { version: 2 } });
    const accepted = must(await order({ version: 2 }));
    expect(await given.orders.find(buyer, accepted.outcomeId)).toMatchObject({ total: "6460.00" });
  });

  test("an order of a quote waits for approval like every other, and keeps stock", async () => {
    const { buyer, sellers, send, requestId } = await sent();
    const vendorId = sellers[0]?.companyId ?? "";
    const offerId = await given.offer({ vendorId, price: "9.00", stock: "600" });
    const tiers = [{ needs: "any" as const, deciders: [{ kind: "role" as const, role: "approver" as const }] }];
    const condition = { amountFrom: { currency: "EUR", amount: "1000.00" } };
    const rule = { name: "All", position: 0, active: true, condition, tiers };
    must(await given.rules.create(person(buyer.companyId ?? "", "owner"), rule));
    const { quoteId } = must(await send(sellers[0], { offerId, tiers: [["500", "7.10"]] }));
    const accepted = must(await quotes().order({ actor: buyer, quoteId, input: take("500"), at: noon }));
    expect(await given.orders.find(buyer, accepted.outcomeId)).toMatchObject({
      state: "awaiting_approval",
      total: "3550.00",
    });
    expect(await given.stockOf(offerId)).toEqual(["600", "500"]);
    expect(await requests().find(buyer, requestId, noon)).toMatchObject({ state: "sent" });
  });

  test("two acceptances of one line at once: one passes", async () => {
    const { buyer, sellers, offers, send } = await sent();
    const { quoteId } = must(await send(sellers[0], { offerId: offers[0] ?? "", tiers: [["500", "7.10"]] }));
    const answers = await Promise.all(
      [1, 2].map(() => quotes().order({ actor: buyer, quoteId, input: take("500"), at: noon })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: "quote_line_accepted" });
  });
});

describe("walls", () => {
  test("a vendor sees what he was invited to and his own quotes, and nothing of others", async () => {
    const { buyer, sellers, offers, requestId, send } = await sent({ vendors: 2 });
    const [one, two] = sellers;
    const stranger = person(await given.company(`stranger${count}`), "seller");
    const { quoteId } = must(await send(one, { offerId: offers[0] ?? "", tiers: [["500", "7.10"]] }));
    expect(await requests().find(stranger, requestId, noon)).toBeUndefined();
    expect(await send(stranger, { tiers: [["500", "1.00"]] })).toMatchObject({ code: "quote_request_unknown" });
    const shown = await requests().find(two ?? stranger, requestId, noon);
    expect(shown?.vendors.map(({ vendorId }) => vendorId)).toEqual([two?.companyId]);
    expect(shown).not.toHaveProperty("requestedBy");
    for (const outsider of [two ?? stranger, stranger]) {
      expect(await quotes().find(outsider, quoteId)).toBeUndefined();
      expect(await quotes().list(outsider, {})).toMatchObject({ data: [] });
      expect(await quotes().compare(outsider, requestId, noon)).toBeUndefined();
      const stolen = { actor: outsider, quoteId, input: take("500"), at: noon };
      expect(await quotes().order(stolen)).toMatchObject({ code: "quote_unknown" });
    }
    must(await quotes().weigh(buyer, quoteId, { amount: "12.50", note: "freight" }));
    expect(await quotes().find(one ?? stranger, quoteId)).not.toHaveProperty("addition");
    expect(await quotes().find(buyer, quoteId)).toMatchObject({ addition: { amount: "12.50", note: "freight" } });
    const all = await requests().find(buyer, requestId, noon);
    expect(all?.vendors.map(({ seenAt }) => seenAt !== undefined)).toEqual([false, true]);
  });

  test("a draft is the buyer's alone; what is closed takes no quotes, what is cancelled makes no order", async () => {
    const { buyer, sellers, offers, requestId } = await asked();
    const [vendor = operator] = sellers;
    expect(await requests().find(vendor, requestId, noon)).toBeUndefined();
    const move = (version: number, step: "send" | "close" | "cancel", when = noon) =>
      requests().move(buyer, { requestId, version }, { step, at: when });
    expect(await move(1, "close")).toMatchObject({ code: "quote_request_state_wrong" });
    expect(await move(1, "send", inDays(7))).toMatchObject({ code: "quote_request_over" });
    expect(await move(2, "send")).toMatchObject({ code: "precondition_failed" });
    must(await move(1, "send"));
    const send = (when = noon) =>
      quotes().send(vendor, {
        requestId,
        input: version({ offerId: offers[0] ?? "", tiers: [["500", "7.10"]] }),
        at: when,
      });
    const declined = must(await requests().decline(vendor, requestId, { reason: "no stock", at: noon }));
    expect(declined.vendors).toMatchObject([{ reason: "no stock" }]);
    const { quoteId } = must(await send());
    expect((await requests().find(buyer, requestId, noon))?.vendors[0]).not.toHaveProperty("declinedAt");
    expect(await send(inDays(7))).toMatchObject({ code: "quote_request_over" });
    must(await move(2, "close"));
    expect(await send()).toMatchObject({ code: "quote_request_state_wrong" });
    must(await quotes().order({ actor: buyer, quoteId, input: take("500"), at: noon }));
  });

  test("a vendor quotes his own offers in their units, for lines that there are, with a future", async () => {
    const { sellers, offers, send } = await sent({ vendors: 2 });
    const tiers = [["500", "7.10"]] as const;
    expect(await send(sellers[1], { offerId: offers[0] ?? "", tiers })).toMatchObject({ code: "offer_unknown" });
    expect(await send(sellers[0], { tiers, validUntil: at(0) })).toMatchObject({ code: "instant_invalid" });
    expect(await send(sellers[0], { tiers, deliveryTerm: "DAP" })).toMatchObject({ code: "delivery_place_missing" });
    const other = version({ tiers }).lines.map((line) => ({ ...line, lineNo: 2 }));
    expect(await send(sellers[0], { tiers, lines: other })).toMatchObject({ code: "quote_line_unknown" });
    const boxes = version({ offerId: offers[0] ?? "", tiers }).lines.map((line) => {
      return { ...line, tiers: line.tiers.map((tier) => ({ ...tier, unit: "BX" })) };
    });
    expect(await send(sellers[0], { tiers, lines: boxes })).toMatchObject({
      code: "price_unit_unknown",
      data: { choices: ["C62"] },
    });
  });
});

test("quotes side by side: stored rate with its source, what the buyer adds, and why one is not compared", async () => {
  const { buyer, sellers, offers, requestId, send } = await sent({ vendors: 3 });
  const rate = { from: "USD", to: "EUR", at: at(-1), rate: "0.92", source: "Central bank" };
  must(await given.rates.add(operator, rate));
  const [first, second, third] = sellers;
  const near = { deliveryTerm: "DAP", deliveryPlace: "Berlin", leadTimeDays: 3 } as const;
  const { quoteId } = must(await send(first, { offerId: offers[0] ?? "", tiers: [["500", "7.10"]], ...near }));
  must(await send(second, { offerId: offers[1] ?? "", tiers: [["500", "7.50"]], currency: "USD", leadTimeDays: 9 }));
  must(await send(third, { tiers: [["400", "1.00"]] }));
  must(await quotes().weigh(buyer, quoteId, { amount: "10.00", note: "unloading" }));
  const told = await quotes().compare(buyer, requestId, noon);
  expect(told?.quotes).toMatchObject([
    { total: "3560.00", addition: "10.00", rank: 2, leadTimeRank: 1, deliveryTermRank: 1, deliveryTerm: "DAP" },
    { total: "3450.00", ownTotal: "3750.00", rank: 1, leadTimeRank: 2, rate: { ...rate, at: expect.any(String) } },
    { reason: "quantity_not_offered", reasonLineNo: 1 },
  ]);
  expect(told?.quotes.map(({ lines }) => lines[0]?.unitPrice)).toEqual(["7.1", "6.9", undefined]);
  expect(told?.quotes[2]?.lines[0]?.tiers).toEqual([{ tier: 0, unitPrice: "1" }]);
});

test("an estimate keeps its versions, and becomes a request or lines of a cart", async () => {
  const [buyer, vendorId] = [person(await given.company("builder")), await given.company("supplier")];
  const offerId = await given.offer({ vendorId, price: "2.00" });
  const sold = { offerId, description: "", quantity: "10", unit: "C62" };
  const words = { description: "Crane for a day", quantity: "1", unit: "DAY" };
  const base = { currency: "EUR", note: "" };
  const { estimateId } = must(
    await estimates().create(buyer, { name: "Hall 3", ...base, lines: [{ ...sold, targetPrice: "1.80" }] }, noon),
  );
  const add = (expected: number) =>
    estimates().addVersion(buyer, estimateId, { input: { ...base, lines: [sold, words] }, expected, at: noon });
  expect(must(await add(1))).toMatchObject({ version: 2, shown: 2 });
  expect(await add(1)).toMatchObject({ code: "precondition_failed", data: { actualVersion: 2 } });
  expect(await estimates().find(buyer, { estimateId, no: 1 })).toMatchObject({
    shown: 1,
    lines: [{ lineNo: 1, targetPrice: "1.8" }],
  });
  expect(await estimates().find(person(vendorId), { estimateId })).toBeUndefined();
  const asking = { title: "Hall 3", dueAt: at(7), note: "", vendorIds: [vendorId] };
  const request = must(await estimates().toRequest(buyer, { estimateId, no: 2 }, asking));
  expect(request).toMatchObject({ state: "draft", estimate: { estimateId, version: 2 } });
  expect(request.lines.map(({ description, quantity }) => [description, quantity])).toEqual([
    ["", "10"],
    ["Crane for a day", "1"],
  ]);
  expect(await estimates().cartLines(buyer, { estimateId })).toEqual({
    sold: [{ lineNo: 1, offerId, quantity: "10", unit: "C62" }],
    unsold: [2],
  });
  expect(await estimates().toRequest(buyer, { estimateId }, { ...asking, vendorIds: ["builder"] })).toMatchObject({
    code: "vendor_unfit",
  });
});

test("accepted for longer, a quote becomes an agreement with exactly its prices, where the vendor offers one", async () => {
  const { buyer, sellers, offers, send } = await sent();
  const [offerId = ""] = offers;
  const agreement = { until: at(100), paymentTerm: { kind: "net_days", days: 30 } } as const;
  const tiers = [["500", "7.10", true]] as const;
  const { quoteId } = must(await send(sellers[0], { offerId, tiers }));
  const agree = (version: number) => {
    const { buyerNumber: _number, note: _note, ...input } = take("500", { version });
    return quotes().agree({ actor: person(buyer.companyId ?? "", "approver"), quoteId, input, at: noon });
  };
  expect(await agree(1)).toMatchObject({ code: "quote_makes_no_agreement" });
  must(await send(sellers[0], { offerId, tiers, agreement }));
  const accepted = must(await agree(2));
  expect(accepted).toMatchObject({ outcome: "agreement", version: 2 });
  expect(await agree(2)).toMatchObject({ code: "quote_line_accepted" });
  const priced = async (quantity: string) => (await given.put(buyer, [[offerId, quantity]])).lines[0];
  expect(await priced("500")).toMatchObject({ price: { unitPrice: "7.1" }, net: "3550.00", faults: [] });
  const agreed = await createAgreementRepository(given.db, () => 2).find(buyer, accepted.outcomeId);
  expect(agreed).toMatchObject({ status: "active", terms: { paymentTerm: agreement.paymentTerm } });
  expect(agreed?.terms.quantityRules).toEqual([{ offerId, minQuantity: "500" }]);
});

test("lines are taken once, with an offer, under an id of their own; an agreement has one price for an offer", async () => {
  const { buyer, sellers, offers, send } = await sent();
  const [offerId = ""] = offers;
  const order = (quoteId: string, input: ReturnType<typeof take>) =>
    quotes().order({ actor: buyer, quoteId, input, at: noon });
  const bare = must(await send(sellers[0], { tiers: [["500", "7.10"]] }));
  expect(await order(bare.quoteId, take("500"))).toMatchObject({ code: "quote_line_without_offer" });
  const [line] = version({ offerId, tiers: [["500", "7.10"]] }).lines;
  const twice = line === undefined ? [] : [line, line];
  expect(await send(sellers[0], { tiers: [], lines: twice })).toMatchObject({ code: "quote_line_repeated" });
  const { quoteId } = must(await send(sellers[0], { offerId, tiers: [["500", "7.10"]] }));
  const input = take("500", { version: 2 });
  must(await order(quoteId, input));
  const other = await sent();
  const again = must(await other.send(other.sellers[0], { offerId: other.offers[0] ?? "", tiers: [["500", "7.00"]] }));
  const stolen = { actor: other.buyer, quoteId: again.quoteId, input: { ...input, version: 1 }, at: noon };
  expect(await quotes().order(stolen)).toMatchObject({ code: "acceptance_reused" });

  const wanted = { offerId, description: "", quantity: "500", unit: "C62" };
  const vendorIds = [sellers[0]?.companyId ?? ""];
  const draft = { title: "Two lines", currency: "EUR", dueAt: at(7), note: "", vendorIds, lines: [wanted, wanted] };
  const { requestId } = must(await requests().create(buyer, draft));
  must(await requests().move(buyer, { requestId, version: 1 }, { step: "send", at: noon }));
  const agreement = { until: at(100), paymentTerm: { kind: "prepaid" } } as const;
  const lines = twice.map((one, index) => ({ ...one, lineNo: index + 1 }));
  const answer = version({ tiers: [], agreement, lines });
  const quote = must(await quotes().send(sellers[0] ?? operator, { requestId, input: answer, at: noon }));
  const taken = [1, 2].map((lineNo) => ({ lineNo, quantity: "500", unit: "C62" }));
  const both = { acceptanceId: randomUUID(), version: 1, lines: taken };
  expect(await quotes().agree({ actor: buyer, quoteId: quote.quoteId, input: both, at: noon })).toMatchObject({
    code: "quote_offer_repeated",
  });
});
