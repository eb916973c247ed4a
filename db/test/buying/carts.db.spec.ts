import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createRequisitionListRepository } from "../../src/index.ts";
import { checkout, givenBuying, must, noon, person } from "./given-buying.ts";

const given = givenBuying();
const here = { divisionId: null, at: noon };

describe("S5 minimum, multiple, least order", () => {
  test("50 is refused with 48 and 72, and 24 added to 24 is one line that may be ordered", async () => {
    const [buyer, vendor] = [await given.company("s5"), await given.company("s5-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "10.00", minimum: "48", multiple: "24" });
    const who = person(buyer);
    const fifty = must(await given.carts.add(who, here, { offerId, quantity: "50" }));
    expect(fifty.lines).toMatchObject([
      { quantity: "50", faults: [{ code: "quantity_not_multiple", neighbours: { below: "48", above: "72" } }] },
    ]);
    const lineId = fifty.lines[0]?.lineId ?? "";
    const removed = must(await given.carts.remove(who, here, lineId));
    expect(removed.lines).toEqual([]);
    const half = must(await given.carts.add(who, here, { offerId, quantity: "24" }));
    expect(half.lines).toMatchObject([{ faults: [{ code: "quantity_below_minimum", neighbours: { above: "48" } }] }]);
    const whole = must(await given.carts.add(who, here, { offerId, quantity: "24" }));
    expect(whole.lines).toMatchObject([{ quantity: "48", net: "480.00", faults: [] }]);
  });

  test("the agreement's 480 and 240: 500 is refused with 480 and 720, and one silent on the multiple inherits 24", async () => {
    const [buyer, vendor] = [await given.company("agreed"), await given.company("agreed-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "10.00", minimum: "48", multiple: "24" });
    const agreementId = randomUUID();
    await given.sql`insert into agreements (id, marketplace_id, vendor_id, buyer_id, currency, payment_term, status,
      valid_from, created_by) values (${agreementId}, 'office', ${vendor}, ${buyer}, 'EUR', '{"kind":"prepaid"}', 'active',
      '2026-01-01', 'x')`;
    await given.sql`insert into quantity_rules (agreement_id, min_quantity, multiple)
      values (${agreementId}, 480000000, 240000000)`;
    const cart = must(await given.carts.add(person(buyer), here, { offerId, quantity: "500" }));
    expect(cart.lines).toMatchObject([
      { faults: [{ code: "quantity_not_multiple", neighbours: { below: "480", above: "720" } }] },
    ]);
    await given.sql`update quantity_rules set multiple = null where agreement_id = ${agreementId}`;
    const lineId = cart.lines[0]?.lineId ?? "";
    const inherited = must(await given.carts.read(person(buyer), here));
    expect(inherited.lines).toMatchObject([{ faults: [{ limit: "24", neighbours: { below: "480", above: "504" } }] }]);
    const change = { lineId, change: { quantity: "504" } };
    expect(must(await given.carts.change(person(buyer), here, change)).lines).toMatchObject([{ faults: [] }]);
  });

  test("an order of 320.00 lacks 180.00: it is kept in the cart, and cannot be placed", async () => {
    const [buyer, vendor] = [await given.company("least"), await given.company("least-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "10.00" });
    await given.sql`insert into order_minimums (marketplace_id, vendor_id, currency, amount, mode)
      values ('office', ${vendor}, 'EUR', 50000, 'block')`;
    const cart = await given.put(person(buyer), [[offerId, "32"]]);
    expect(cart.orders).toMatchObject([
      { net: "320.00", shortfall: "180.00", faults: [{ code: "order_minimum_not_reached", shortfall: "180.00" }] },
    ]);
    const order = { input: checkout(), version: cart.version, at: noon };
    expect(await given.orders.checkOut(person(buyer), order)).toMatchObject({
      code: "checkout_blocked",
      data: { faults: [{ code: "order_minimum_not_reached", vendorId: vendor }] },
    });
    const enough = must(await given.carts.add(person(buyer), here, { offerId, quantity: "18" }));
    expect(enough.orders).toMatchObject([{ net: "500.00", shortfall: "0.00", faults: [] }]);
    expect(await given.orders.checkOut(person(buyer), order)).toMatchObject({
      code: "precondition_failed",
      data: { actualVersion: enough.version },
    });
    const placed = must(await given.orders.checkOut(person(buyer), { ...order, version: enough.version }));
    expect(placed.orders).toMatchObject([{ total: "500.00", state: "placed" }]);
    expect(must(await given.orders.checkOut(person(buyer), order))).toMatchObject({ orders: placed.orders });
    const stolen = await given.orders.checkOut(person(buyer, "owner"), order);
    expect(stolen).toMatchObject({ code: "checkout_reused" });
    const empty = { input: checkout(), version: 0, at: noon };
    expect(await given.orders.checkOut(person(buyer), empty)).toMatchObject({ code: "cart_empty" });
  });
});

test("a changed price is shown old and new, and ordered with consent to the new one alone", async () => {
  const [buyer, vendor] = [await given.company("drift"), await given.company("drift-vendor")];
  const offerId = await given.offer({ vendorId: vendor, price: "8.00" });
  await given.put(person(buyer), [[offerId, "10"]]);
  await given.setPrice(offerId, "8.60");
  const cart = must(await given.carts.read(person(buyer), here));
  const [line] = cart.lines;
  expect(line).toMatchObject({
    price: { unitPrice: "8.6" },
    before: { unitPrice: "8" },
    net: "86.00",
    faults: [{ code: "price_changed", before: "8", after: "8.6" }],
  });
  const order = (unitPrice?: string) => {
    const consents = unitPrice === undefined ? [] : [{ lineId: line?.lineId ?? "", unitPrice }];
    return given.orders.checkOut(person(buyer), { input: checkout(consents), version: cart.version, at: noon });
  };
  for (const wrong of [undefined, "8.00"]) {
    expect(await order(wrong)).toMatchObject({
      code: "checkout_blocked",
      data: { faults: [{ code: "price_changed" }] },
    });
  }
  const { orders } = must(await order("8.60"));
  expect(orders).toMatchObject([{ total: "86.00", lines: [{ price: { unitPrice: "8.6" } }] }]);
  await given.setPrice(offerId, "9.90");
  expect(await given.orders.find(person(buyer), orders[0]?.orderId ?? "")).toMatchObject({ total: "86.00" });
});

test("days part lines of one offer; changing one to the day of another makes them one again", async () => {
  const [buyer, vendor] = [await given.company("days"), await given.company("days-vendor")];
  const offerId = await given.offer({ vendorId: vendor, price: "1.00" });
  const add = (deliverOn?: string) =>
    given.carts.add(person(buyer), here, { offerId, quantity: "60", ...(deliverOn && { deliverOn }) });
  must(await add());
  const two = must(await add("2026-12-24"));
  expect(two.lines.map(({ quantity, deliverOn }) => [quantity, deliverOn])).toEqual([
    ["60", undefined],
    ["60", "2026-12-24"],
  ]);
  const lineId = two.lines[1]?.lineId ?? "";
  const one = must(await given.carts.change(person(buyer), here, { lineId, change: { deliverOn: null } }));
  expect(one.lines).toMatchObject([{ quantity: "120" }]);
  expect(await given.carts.remove(person(buyer), here, randomUUID())).toMatchObject({ code: "cart_line_unknown" });
  const center = { offerId, quantity: "1", costCenterId: randomUUID() };
  expect(await given.carts.add(person(buyer), here, center)).toMatchObject({ code: "cost_center_unknown" });
  expect(await given.carts.add(person(buyer), here, { offerId, quantity: "0.0000001" })).toMatchObject({
    code: "quantity_unreadable",
  });
  const division = { divisionId: randomUUID(), at: noon };
  expect(await given.carts.read(person(buyer), division)).toMatchObject({ code: "division_unknown" });
});

test("a quick order tells of every line what became of it, and loses none", async () => {
  const [buyer, vendor, other] = [
    await given.company("paste"),
    await given.company("paste-vendor"),
    await given.company("paste-other"),
  ];
  const [first, second] = [
    await given.offer({ vendorId: vendor, price: "1.00" }),
    await given.offer({ vendorId: other, price: "2.00" }),
  ];
  const set = (offerId: string, number: string) =>
    given.sql`update offers set vendor_part_no = ${number}, vendor_part_no_key = ${number.toLowerCase().replace("-", "")} where id = ${offerId}`;
  await set(first, "AB-1");
  await set(second, "AB-1");
  const third = await given.offer({ vendorId: other, price: "3.00" });
  await set(third, "Z-9");
  const [{ variant_id: variantId } = {}] = await given.sql`select variant_id from offers where id = ${third}`;
  await given.sql`insert into buyer_part_numbers (marketplace_id, company_id, part_no, part_no_key, variant_id)
    values ('office', ${buyer}, 'MY 77', 'my77', ${String(variantId)})`;
  await given.sql`insert into variant_gtins (variant_id, marketplace_id, unit, gtin)
    values (${String(variantId)}, 'office', 'C62', '04006381333931')`;
  const wish = (row: number, partNumber: string, quantity: string) => ({ row, text: partNumber, partNumber, quantity });
  const wishes = [
    wish(1, "MY 77", "5"),
    wish(2, "z9", "2.5"),
    wish(3, "4006381333931", "1"),
    wish(4, "ab-1", "3"),
    wish(5, "nothing", "1"),
    { row: 6, text: "alone", code: "quantity_missing", hint: "Write how many." },
    wish(8, "z9", "999999999999.999999"),
  ];
  const { lines, cart } = must(await given.carts.quickOrder(person(buyer), here, { wishes }));
  expect(lines.map(({ row, outcome }) => [row, outcome])).toEqual([
    [1, "added"],
    [2, "added"],
    [3, "added"],
    [4, "ambiguous"],
    [5, "unknown"],
    [6, "unreadable"],
    [8, "not_available"],
  ]);
  expect(lines[3]?.choices?.map(({ vendorId }) => vendorId).toSorted()).toEqual([other, vendor]);
  expect(lines[5]).toMatchObject({ reason: { code: "quantity_missing", hint: "Write how many." } });
  expect(cart.lines).toMatchObject([{ offerId: third, quantity: "8.5", buyerPartNo: "MY 77" }]);
  expect(lines.slice(0, 3).map(({ lineId }) => lineId)).toEqual(Array(3).fill(cart.lines[0]?.lineId));
});

test("requisition lists are shared in the company or one's own, and fill the cart", async () => {
  const [buyer, vendor] = [await given.company("lists"), await given.company("lists-vendor")];
  const offerId = await given.offer({ vendorId: vendor, price: "1.00" });
  const lists = createRequisitionListRepository(given.db);
  const lines = [{ offerId, quantity: "4" }];
  const shared = must(await lists.create(person(buyer), { name: "Weekly", shared: true, lines }));
  const own = must(await lists.create(person(buyer), { name: "Mine", shared: false, lines }));
  expect(await lists.find(person(buyer, "owner"), own.listId)).toBeUndefined();
  expect(await lists.find(person(vendor), shared.listId)).toBeUndefined();
  const seen = await lists.list(person(buyer, "owner"), {});
  expect(seen.ok && seen.data.map(({ name }) => name)).toEqual(["Weekly"]);
  const wrong = { name: "x", shared: true, lines: [{ offerId: randomUUID(), quantity: "1" }] };
  expect(await lists.change(person(buyer), shared.listId, { input: wrong, version: 1 })).toMatchObject({
    code: "offer_not_available",
    data: { pointer: "/lines/0/offerId" },
  });
  const stale = { input: { name: "x", shared: true, lines }, version: 7 };
  expect(await lists.change(person(buyer), shared.listId, stale)).toMatchObject({ code: "precondition_failed" });
  expect(await lists.remove(person(vendor), shared.listId, 1)).toMatchObject({ code: "requisition_list_unknown" });
  const filled = must(
    await given.carts.fill(person(buyer), here, (await lists.cartLines(person(buyer), shared.listId)) ?? []),
  );
  expect(filled.cart.lines).toMatchObject([{ offerId, quantity: "4", unit: "C62" }]);
});
