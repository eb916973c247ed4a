import type { Actor } from "@kontor/kernel";
import type { CartRecord } from "@kontor/protocol";
import { expect, test } from "vitest";
import { checkout, givenBuying, must, noon, person } from "./given-buying.ts";

const given = givenBuying({ connections: 20 });

test("S10: 100 parallel checkouts for the last 10 units give exactly 10 orders", async () => {
  const vendorId = await given.company("depot");
  const offerId = await given.offer({ vendorId, price: "5.00", stock: "10" });
  const names = Array.from({ length: 100 }, (_, index) => `buyer${index}`);
  await given.company("crowd", names);
  const carts: { readonly who: Actor; readonly cart: CartRecord }[] = [];
  for (const name of names) {
    const who = person("crowd", name);
    carts.push({ who, cart: await given.put(who, [[offerId, "1"]]) });
  }
  const answers = await Promise.all(
    carts.map(({ who, cart }) => given.orders.checkOut(who, { input: checkout(), version: cart.version, at: noon })),
  );
  const made = answers.flatMap((answer) => (answer.ok ? answer.value.orders : []));
  expect(made.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 10 }, (_, n) => n + 1),
  );
  const codes = new Set(answers.flatMap((answer) => (answer.ok ? [] : [codeOf(answer)])));
  expect([...codes]).toEqual(["stock_insufficient"]);
  expect(await given.stockOf(offerId)).toEqual(["10", "10"]);
  const left = must(await given.carts.read(carts.at(-1)?.who ?? person("crowd"), { divisionId: null, at: noon }));
  expect(left.lines.length <= 1).toBe(true);
});

/** A blocked checkout names its first fault. */
function codeOf({ code, data }: { readonly code: string; readonly data: Readonly<Record<string, unknown>> }): string {
  const [fault] = (data["faults"] ?? []) as readonly { readonly code: string }[];
  return code === "checkout_blocked" ? (fault?.code ?? code) : code;
}

test("S8: of two parallel orders of 3,000.00 with freight on 5,000.00 exactly one passes", async () => {
  const [buyer, vendor] = [await given.company("pair", ["buyer2"]), await given.company("pair-vendor")];
  const freight = { input: { amount: "40.00" }, version: 0 };
  must(await given.terms.writeFreight(person(vendor, "seller"), "EUR", freight));
  const offerId = await given.offer({ vendorId: vendor, price: "2960.00" });
  const { budgetId } = must(
    await given.budgets.create(person(buyer, "finance"), {
      ...{ name: "Rest", mode: "block", amount: "5000.00", currency: "EUR" },
      ...{ validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
    }),
  );
  const both = await Promise.all(
    ["buyer", "buyer2"].map(async (role) => {
      const who = person(buyer, role);
      const { version } = await given.put(who, [[offerId, "1"]]);
      return given.orders.checkOut(who, { input: checkout(), version, at: noon });
    }),
  );
  const passed = both.flatMap((answer) => (answer.ok ? answer.value.orders : []));
  expect(passed).toMatchObject([{ total: "3000.00", freight: "40.00" }]);
  expect(both.find((answer) => !answer.ok)).toMatchObject({
    code: "budget_exceeded",
    data: { name: "Rest", ownerId: "pair-finance", left: "2000.00", required: "3000.00", currency: "EUR" },
  });
  expect(await given.budgets.find(person(buyer), budgetId)).toMatchObject({ held: "3000.00", left: "2000.00" });
});

test("opposite carts of many buyers never wait in a circle, and no stock is lost", async () => {
  const vendors = [await given.company("left"), await given.company("right")];
  const offers = await Promise.all(vendors.map((vendorId) => given.offer({ vendorId, price: "1.00", stock: "30" })));
  const names = Array.from({ length: 20 }, (_, index) => `buyer${index}`);
  await given.company("circle", names);
  const answers = await Promise.all(
    names.map(async (name, index) => {
      const who = person("circle", name);
      const lines = offers.map((offerId) => [offerId, "1"] as const);
      const { version } = await given.put(who, index % 2 === 0 ? lines : lines.toReversed());
      return must(await given.orders.checkOut(who, { input: checkout(), version, at: noon }));
    }),
  );
  expect(answers.every(({ orders }) => orders.length === 2)).toBe(true);
  const cancelled = answers.flatMap(({ orders }) => orders).slice(0, 20);
  await Promise.all(
    cancelled.map(({ orderId, requestedBy }) => {
      const actor = { ...person("circle"), userId: requestedBy };
      return given.orders.cancel({ actor, orderId, input: { reason: "enough" }, at: noon }).then(must);
    }),
  );
  const reserved = await Promise.all(offers.map((offerId) => given.stockOf(offerId)));
  expect(reserved.reduce((sum, [, held]) => sum + Number(held), 0)).toBe(20);
});
