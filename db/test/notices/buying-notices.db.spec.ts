import type { Actor } from "@kontor/kernel";
import type { NoticeKind, NoticeRecord, PurchaseOrderRecord } from "@kontor/protocol";
import { buyingNotices } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { NoticeRow } from "../../src/index.ts";
import { createNoticeRepository, expireOrders, tellNotices } from "../../src/index.ts";
import { checkout, day, engine, givenBuying, must, noon, person } from "../buying/given-buying.ts";

const given = givenBuying();

async function noticesOf(who: Actor): Promise<readonly NoticeRecord[]> {
  const found = await createNoticeRepository(given.db).list(who, { limit: 100 });
  if (!found.ok) throw new Error("no page");
  for (const { kind, data } of found.data) if (kind in buyingNotices) conforms(kind, data);
  return found.data;
}

/** What is told of a kind is what the protocol says of it, and nothing beside it. */
function conforms(kind: NoticeKind, data: unknown): void {
  expect(buyingNotices[kind as keyof typeof buyingNotices].strict().parse(data)).toEqual(data);
}

const kindsOf = async (who: Actor): Promise<readonly string[]> => (await noticesOf(who)).map(({ kind }) => kind);

async function told(): Promise<readonly NoticeRow[]> {
  const rows: NoticeRow[] = [];
  await tellNotices(given.db, { limit: 1_000, tell: (row) => rows.push(row) });
  return rows;
}

const approveBy = (userId: string) => ({ needs: "any" as const, deciders: [{ kind: "person" as const, userId }] });
const approval = { verdict: "approve" as const, rejectedLines: [] as number[], reason: "" };

/** Orders of the company go through its manager, then through finance. */
async function withTwoTiers(name: string): Promise<string> {
  const companyId = await given.company(name, ["manager", "deputy"]);
  const tiers = [approveBy(`${companyId}-manager`), approveBy(`${companyId}-finance`)];
  const condition = { amountFrom: { currency: "EUR", amount: "1.00" } };
  const rule = { name: "All", position: 0, active: true, condition, tiers };
  must(await given.rules.create(person(companyId, "owner"), rule));
  return companyId;
}

const first = ({ orders }: { readonly orders: readonly PurchaseOrderRecord[] }): PurchaseOrderRecord => {
  const [order] = orders;
  if (order === undefined) throw new Error("no order");
  return order;
};

describe("approvals", () => {
  test("each decider is asked when it is his turn, his deputy with him, and nobody else", async () => {
    const [buyer, vendor] = [await withTwoTiers("asked"), await given.company("asked-vendor")];
    const period = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" };
    must(await given.delegations.delegate(person(buyer, "manager"), { to: `${buyer}-deputy`, ...period }));
    const offerId = await given.offer({ vendorId: vendor, price: "10.00" });
    const order = first(await given.buy(person(buyer), [[offerId, "5"]]));
    for (const role of ["manager", "deputy"]) {
      expect(await noticesOf(person(buyer, role))).toMatchObject([
        {
          kind: "approval_asked",
          userId: `${buyer}-${role}`,
          data: { orderId: order.orderId, total: "50.00", tier: 0, requestedBy: `${buyer}-buyer` },
        },
      ]);
    }
    for (const role of ["buyer", "finance", "owner"]) expect(await kindsOf(person(buyer, role))).toEqual([]);
    expect(await kindsOf(person(vendor, "seller"))).toEqual([]);

    const decide = (role: string) => given.orders.decide({ actor: person(buyer, role), ...on(order), input: approval });
    must(await decide("deputy"));
    expect(await kindsOf(person(buyer, "finance"))).toEqual(["approval_asked"]);
    expect(await kindsOf(person(buyer))).toEqual([]);
    must(await decide("finance"));
    expect(await noticesOf(person(buyer))).toMatchObject([
      { kind: "purchase_order_approved", data: { rejectedLines: [] } },
    ]);
    expect(await noticesOf(person(vendor, "seller"))).toMatchObject([
      { kind: "purchase_order_placed", companyId: vendor, data: { orderId: order.orderId, number: 1, total: "50.00" } },
    ]);
  });

  test("whoever asked learns that it was disapproved, or that nobody decided in time, once", async () => {
    const [buyer, vendor] = [await withTwoTiers("refused"), await given.company("refused-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "10.00", stock: "9" });
    const order = first(await given.buy(person(buyer), [[offerId, "5"]]));
    const input = { verdict: "reject" as const, reason: "no need" };
    must(await given.orders.decide({ actor: person(buyer, "manager"), ...on(order), input }));
    const late = first(await given.buy(person(buyer), [[offerId, "6"]]));
    const parts = { db: given.db, engine };
    await Promise.all([1, 2].map(() => expireOrders(parts, { at: noon + 8 * day, limit: 10 })));
    expect(await noticesOf(person(buyer))).toMatchObject([
      { kind: "purchase_order_expired", data: { orderId: late.orderId } },
      { kind: "purchase_order_disapproved", data: { orderId: order.orderId, reason: "no need" } },
    ]);
    expect(await given.stockOf(offerId)).toEqual(["9", "0"]);
    expect(await kindsOf(person(vendor, "seller"))).toEqual([]);
  });
});

const on = ({ orderId }: PurchaseOrderRecord, at = noon + 1) => ({ orderId, at });

describe("the vendor's answer", () => {
  test("tells the buyer what became of his lines, and the vendor of the consent", async () => {
    const [buyer, vendor] = [await given.company("answered"), await given.company("answered-vendor")];
    const [nail, screw] = [
      await given.offer({ vendorId: vendor, price: "1.00" }),
      await given.offer({ vendorId: vendor, price: "2.00" }),
    ];
    const buy = async () =>
      first(
        await given.buy(person(buyer), [
          [nail, "10"],
          [screw, "10"],
        ]),
      );
    const seller = person(vendor, "seller");
    let at = noon;
    const later = () => {
      at += 1;
      return at;
    };
    const refuse = (lineNo: number) => ({ lineNo, answer: "refuse" as const, reason: "sold out" });
    const answer = async (lines: Parameters<typeof given.orders.answer>[0]["input"]["lines"]) => {
      const order = await buy();
      must(await given.orders.answer({ actor: seller, ...on(order, later()), input: { lines } }));
      return order;
    };
    const newest = async (who: Actor) => (await noticesOf(who))[0];
    await answer([]);
    expect(await newest(person(buyer))).toMatchObject({ kind: "purchase_order_confirmed", companyId: buyer });
    await answer([refuse(2)]);
    expect(await newest(person(buyer))).toMatchObject({
      kind: "purchase_order_part_confirmed",
      data: { refusedLines: [2], total: "10.00" },
    });
    await answer([refuse(1), refuse(2)]);
    expect(await newest(person(buyer))).toMatchObject({
      kind: "purchase_order_refused",
      data: { reason: "sold out" },
    });
    const proposed = await answer([{ lineNo: 1, answer: "propose", quantity: "4", reason: "not more" }, refuse(2)]);
    expect(await newest(person(buyer, "owner"))).toMatchObject({
      kind: "purchase_order_proposed",
      data: { proposedLines: [1], refusedLines: [2] },
    });
    const input = { refusedLines: [] };
    must(await given.orders.answerProposals({ actor: person(buyer), ...on(proposed, later()), input }));
    expect(await newest(seller)).toMatchObject({
      kind: "proposals_answered",
      data: { acceptedLines: [1], refusedLines: [], total: "4.00" },
    });
    const unwanted = await buy();
    must(await given.orders.cancel({ actor: person(buyer), ...on(unwanted, later()), input: { reason: "too late" } }));
    expect(await newest(seller)).toMatchObject({ kind: "purchase_order_cancelled", data: { reason: "too late" } });
  });
});

describe("the outbox", () => {
  test("two who tell at once tell each notice once, in the order in which they were written", async () => {
    await told();
    const [buyer, vendor] = [await given.company("told"), await given.company("told-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "1.00" });
    for (const quantity of ["1", "2", "3", "4"]) await given.buy(person(buyer), [[offerId, quantity]]);
    const [some, others] = await Promise.all([told(), told()]);
    const totals = (rows: readonly NoticeRow[]) => rows.map(({ data }) => data["total"]);
    expect([...totals(some), ...totals(others)].toSorted()).toEqual(["1.00", "2.00", "3.00", "4.00"]);
    expect(totals(some)).toEqual(totals(some).toSorted());
    expect(await told()).toEqual([]);
  });

  test("what was not told because the teller failed is told again; what was refused is never told", async () => {
    const [buyer, vendor] = [await given.company("crash"), await given.company("crash-vendor")];
    const offerId = await given.offer({ vendorId: vendor, price: "1.00", stock: "5" });
    const { version } = await given.put(person(buyer), [[offerId, "5"]]);
    await given.sql`update stock_levels set on_hand = 4000000 where offer_id = ${offerId}`;
    const refused = await given.orders.checkOut(person(buyer), { input: checkout(), version, at: noon });
    expect(refused.ok).toBe(false);
    expect(await told()).toEqual([]);
    await given.sql`update stock_levels set on_hand = 5000000 where offer_id = ${offerId}`;
    must(await given.orders.checkOut(person(buyer), { input: checkout(), version, at: noon }));
    const failing = tellNotices(given.db, {
      limit: 10,
      tell: () => {
        throw new Error("the bus is away");
      },
    });
    await expect(failing).rejects.toThrow("the bus is away");
    expect((await told()).map(({ kind }) => kind)).toEqual(["purchase_order_placed"]);
  });
});
