import { expect, test } from "vitest";
import { givenBuying, must, noon, person } from "./given-buying.ts";

const given = givenBuying();

async function twoLines(prefix: string) {
  const [buyer, vendor] = [await given.company(prefix), await given.company(`${prefix}-vendor`)];
  const offers = [
    await given.offer({ vendorId: vendor, price: "10.00", stock: "50" }),
    await given.offer({ vendorId: vendor, price: "20.00", stock: "50" }),
  ] as const;
  const { budgetId } = must(
    await given.budgets.create(person(buyer, "finance"), {
      ...{ name: "Year", mode: "block", amount: "1000.00", currency: "EUR" },
      ...{ validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
    }),
  );
  const { orders } = await given.buy(person(buyer), [
    [offers[0], "10"],
    [offers[1], "10"],
  ]);
  const orderId = orders[0]?.orderId ?? "";
  const answer = (lines: Parameters<typeof given.orders.answer>[0]["input"]["lines"]) =>
    given.orders.answer({ actor: person(vendor, "seller"), orderId, input: { lines }, at: noon });
  const agree = (refusedLines: number[]) =>
    given.orders.answerProposals({ actor: person(buyer), orderId, input: { refusedLines }, at: noon });
  const budget = () => given.budgets.find(person(buyer), budgetId);
  const stock = async () => [await given.stockOf(offers[0]), await given.stockOf(offers[1])];
  return { buyer, vendor, orderId, answer, agree, budget, stock };
}

test("the vendor refuses one line: the other is bought and kept until it is shipped, the budget follows", async () => {
  const { answer, budget, stock, orderId, buyer } = await twoLines("part");
  const done = must(await answer([{ lineNo: 2, answer: "refuse", reason: "sold out" }]));
  expect(done).toMatchObject({
    state: "confirmed",
    total: "100.00",
    lines: [{ state: "confirmed" }, { state: "refused", reason: "sold out" }],
  });
  expect(await budget()).toMatchObject({ held: "0.00", spent: "100.00" });
  expect(await stock()).toEqual([
    ["50", "10"],
    ["50", "0"],
  ]);
  const late = { actor: person(buyer), orderId, input: { reason: "changed my mind" }, at: noon };
  expect(await given.orders.cancel(late)).toMatchObject({ code: "order_state_wrong", data: { state: "confirmed" } });
});

test("fewer of a line, later: with the buyer's consent at the price of the order", async () => {
  const { answer, agree, budget, stock } = await twoLines("fewer");
  const more = await answer([{ lineNo: 1, answer: "propose", quantity: "11", reason: "full box" }]);
  expect(more).toMatchObject({ code: "proposal_above_order", data: { limit: "10" } });
  expect(await answer([{ lineNo: 1, answer: "propose", quantity: "10", reason: "x" }])).toMatchObject({
    code: "proposal_empty",
  });
  expect(await answer([{ lineNo: 9, answer: "confirm" }])).toMatchObject({ code: "line_not_in_order" });
  const proposed = must(
    await answer([{ lineNo: 2, answer: "propose", quantity: "4", deliverOn: "2026-12-24", reason: "the rest later" }]),
  );
  expect(proposed).toMatchObject({
    state: "answered",
    total: "300.00",
    lines: [{ state: "confirmed" }, { state: "proposed", proposal: { quantity: "4", deliverOn: "2026-12-24" } }],
  });
  expect(await agree([1])).toMatchObject({ code: "line_not_in_order" });
  const agreed = must(await agree([]));
  expect(agreed).toMatchObject({
    state: "confirmed",
    total: "180.00",
    lines: [{ quantity: "10" }, { quantity: "4", gross: "80.00", deliverOn: "2026-12-24", state: "confirmed" }],
  });
  expect(await budget()).toMatchObject({ held: "0.00", spent: "180.00" });
  expect(await stock()).toEqual([
    ["50", "10"],
    ["50", "4"],
  ]);
});

test("what the buyer does without is given back, and with the last line the order is over", async () => {
  const { answer, agree, budget, stock } = await twoLines("none");
  must(
    await answer([
      { lineNo: 1, answer: "refuse", reason: "no more" },
      { lineNo: 2, answer: "propose", deliverOn: "2027-06-01", reason: "late" },
    ]),
  );
  expect(must(await agree([2]))).toMatchObject({
    state: "refused",
    lines: [{ state: "refused" }, { state: "cancelled" }],
  });
  expect(await budget()).toMatchObject({ held: "0.00", spent: "0.00" });
  expect(await stock()).toEqual([
    ["50", "0"],
    ["50", "0"],
  ]);
});

test("the buyer cancels before the vendor has confirmed; numbers of a vendor have no gaps", async () => {
  const { buyer, orderId, budget, stock, vendor } = await twoLines("cancel");
  const cancelled = must(
    await given.orders.cancel({ actor: person(buyer), orderId, input: { reason: "not needed" }, at: noon }),
  );
  expect(cancelled).toMatchObject({ state: "cancelled", reason: "not needed", number: 1 });
  expect(await budget()).toMatchObject({ held: "0.00" });
  expect(await stock()).toEqual([
    ["50", "0"],
    ["50", "0"],
  ]);
  const offerId = cancelled.lines[0]?.offerId ?? "";
  const next = await given.buy(person(buyer), [[offerId, "1"]]);
  expect(next.orders).toMatchObject([{ number: 2 }]);
  const listed = await given.orders.list(person(vendor, "seller"), { side: "vendor" });
  expect(listed.ok && listed.data.map(({ number }) => number).sort()).toEqual([1, 2]);
  expect(await given.orders.list(person(vendor, "seller"), { side: "buyer" })).toMatchObject({ data: [] });
});
