import { buyingNotices } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { day, givenStanding, must, noon, operator, person, planOf } from "./given-standing.ts";

const given = givenStanding();
const { buying } = given;

/** A company that buys, a vendor, and an offer of his. */
async function scene(name: string, more: { price?: string; stock?: string; multiple?: string } = {}) {
  const [buyer, vendor] = [await buying.company(name), await buying.company(`${name}-vendor`)];
  const offerId = await buying.offer({ vendorId: vendor, price: "10.00", ...more });
  return { buyer: person(buyer), vendor: person(vendor, "seller"), offerId, companyId: buyer };
}

const tuesday = noon + day;
const week = 7 * day;

describe("a date that is due", () => {
  test("is ordered once, however many workers there are, and told; the next date comes up", async () => {
    const { buyer, vendor, offerId } = await scene("once", { stock: "100" });
    const plan = await given.plan(buyer, [[offerId, "5"]], { buyerNumber: "W-1" });
    expect(plan.dates).toHaveLength(12);
    expect(plan).toMatchObject({ state: "active", lines: [{ agreed: { unitPrice: "10" }, agreedBy: buyer.userId }] });
    expect(await given.run(noon)).toBe(0);
    const done = await Promise.all([1, 2, 3].map(() => given.run(tuesday)));
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await given.run(tuesday + 1)).toBe(0);
    const read = await given.read(buyer, plan);
    expect(read.dates).toHaveLength(13);
    const [first, second] = read.dates;
    expect([first?.state, first?.orderIds.length, second?.state]).toEqual(["ordered", 1, "planned"]);
    const order = await buying.orders.find(buyer, first?.orderIds[0] ?? "");
    expect(order).toMatchObject({ state: "placed", total: "50.00", buyerNumber: "W-1", requestedBy: buyer.userId });
    expect(await buying.stockOf(offerId)).toEqual(["100", "5"]);
    expect(await given.notices(buyer)).toMatchObject([
      { kind: "standing_order_ordered", data: { date: "2026-11-03", orderIds: first?.orderIds, consented: false } },
    ]);
    expect((await given.notices(vendor)).map(({ kind }) => kind)).toEqual(["purchase_order_placed"]);
  });

  test("is reminded of so many days before, once, and not when that is over already", async () => {
    const { buyer, offerId } = await scene("reminded");
    const plan = await given.plan(buyer, [[offerId, "1"]], { remindDays: 2 });
    expect(await given.run(tuesday)).toBe(1);
    const sunday = Date.UTC(2026, 10, 8) * 1_000;
    expect(await given.run(sunday - 1)).toBe(0);
    expect(await Promise.all([given.run(sunday), given.run(sunday)])).toContain(1);
    expect(await given.notices(buyer)).toMatchObject([
      { kind: "standing_order_due", data: { date: "2026-11-10", orderOn: "2026-11-10", days: 2, name: "Weekly" } },
      { kind: "standing_order_ordered" },
    ]);
    for (const { kind, data } of await given.notices(buyer)) {
      expect(buyingNotices[kind as keyof typeof buyingNotices].strict().safeParse(data).error).toBeUndefined();
    }
    expect(plan.remindDays).toBe(2);
  });

  test("begins with the local day of the marketplace, also when clocks change, and not on its holidays", async () => {
    const { buyer, offerId } = await scene("berlin");
    const calendar = { timeZone: "Europe/Berlin", holidays: ["2026-12-25"] };
    const terms = { approvalDays: 7, commissionVat: "0", commissions: [] };
    const { version } = must(await buying.terms.write(operator, { input: { ...terms, ...calendar }, version: 0 }));
    const monthly = { rule: { unit: "month" as const, every: 1, on: 25 }, startOn: "2026-11-20" };
    const plan = await given.plan(buyer, [[offerId, "1"]], monthly);
    expect(plan.dates.slice(0, 6).map(({ orderOn, dueAt }) => [orderOn, dueAt.slice(0, 16)])).toEqual([
      ["2026-11-25", "2026-11-24T23:00"],
      ["2026-12-28", "2026-12-27T23:00"],
      ["2027-01-25", "2027-01-24T23:00"],
      ["2027-02-25", "2027-02-24T23:00"],
      ["2027-03-25", "2027-03-24T23:00"],
      ["2027-04-26", "2027-04-25T22:00"],
    ]);
    const back = { ...terms, timeZone: "UTC", holidays: [] };
    must(await buying.terms.write(operator, { input: back, version }));
    const wrong = await buying.terms.write(operator, {
      input: { ...back, timeZone: "Mars/Base" },
      version: version + 1,
    });
    expect(wrong).toMatchObject({ code: "time_zone_unknown" });
  });

  test("waits for approval like every order, and never for that of who wrote it last", async () => {
    const { buyer, offerId, companyId } = await scene("approved");
    const tiers = [{ needs: "any" as const, deciders: [{ kind: "role" as const, role: "buyer" as const }] }];
    const rule = { name: "All", position: 0, active: true, condition: {}, tiers };
    must(await buying.rules.create(person(companyId, "owner"), rule));
    const plan = await given.plan(person(companyId, "owner"), [[offerId, "1"]]);
    const { rule: _rule, startOn: _start, ...change } = planOf([[offerId, "2"]]);
    const { standingOrderId, version } = plan;
    must(await given.standing.change(buyer, { standingOrderId, version, input: change, at: noon }));
    await given.run(tuesday);
    const { orderIds } = await given.dateOf(buyer, plan, "2026-11-03");
    const orderId = orderIds[0] ?? "";
    const input = { verdict: "approve" as const, rejectedLines: [], reason: "" };
    const decide = (actor: typeof buyer) => buying.orders.decide({ actor, orderId, input, at: tuesday });
    expect(await decide(buyer)).toMatchObject({ code: "own_order_undecidable" });
    expect(must(await decide(person(companyId, "owner")))).toMatchObject({ state: "placed", total: "20.00" });
  });
});

describe("consent to prices", () => {
  test("a dearer price is not paid: it is asked for with old and new, and ordered once somebody consents", async () => {
    const { buyer, offerId } = await scene("dearer", { stock: "100" });
    const plan = await given.plan(buyer, [[offerId, "5"]]);
    await buying.setPrice(offerId, "10.50");
    await given.run(tuesday);
    const asked = await given.dateOf(buyer, plan, "2026-11-03");
    expect(asked).toMatchObject({
      state: "asked",
      asked: [{ lineNo: 1, before: { unitPrice: "10" }, after: { unitPrice: "10.5" } }],
      expiresAt: "2026-11-10T00:00:00.000000Z",
      orderIds: [],
    });
    expect(await buying.stockOf(offerId)).toEqual(["100", "0"]);
    expect(await given.notices(buyer)).toMatchObject([
      { kind: "price_consent_asked", data: { lines: [{ lineNo: 1, currency: "EUR", before: "10", after: "10.5" }] } },
    ]);
    const consent = (unitPrice: string, date = "2026-11-03") =>
      given.standing.consent(buyer, {
        ...{ standingOrderId: plan.standingOrderId, version: 1, date, at: tuesday + day },
        input: { answer: "once", prices: [{ lineNo: 1, unitPrice }] },
      });
    expect(await consent("10.40")).toMatchObject({ code: "price_consent_stale", data: { lines: [1] } });
    expect(await consent("10.50", "2026-11-10")).toMatchObject({ code: "standing_date_state_wrong" });
    expect(await consent("10.50", "2026-11-04")).toMatchObject({ code: "standing_date_unknown" });
    expect(must(await consent("10.50")).dates[0]).toMatchObject({ state: "ordered" });
    expect((await given.notices(buyer))[0]).toMatchObject({ data: { consented: true } });
    expect(await buying.stockOf(offerId)).toEqual(["100", "5"]);

    // Once was for that date alone: the next one asks again, and from then on no more.
    await given.run(tuesday + week);
    expect(await given.dateOf(buyer, plan, "2026-11-10")).toMatchObject({ state: "asked" });
    must(
      await given.standing.consent(buyer, {
        ...{ standingOrderId: plan.standingOrderId, version: 2, date: "2026-11-10", at: tuesday + week },
        input: { answer: "from_now_on", prices: [{ lineNo: 1, unitPrice: "10.5" }] },
      }),
    );
    await given.run(tuesday + 2 * week);
    expect(await given.dateOf(buyer, plan, "2026-11-17")).toMatchObject({ state: "ordered" });
    expect((await given.read(buyer, plan)).lines).toMatchObject([{ agreed: { unitPrice: "10.5" } }]);
  });

  test("a price that has risen again is asked for again; nobody pays what he has not seen", async () => {
    const { buyer, offerId } = await scene("again");
    const { standingOrderId, version } = await given.plan(buyer, [[offerId, "5"]]);
    await buying.setPrice(offerId, "11.00");
    await given.run(tuesday);
    await buying.setPrice(offerId, "12.00");
    const consent = (unitPrice: string, v: number) =>
      given.standing.consent(buyer, {
        ...{ standingOrderId, version: v, date: "2026-11-03", at: tuesday + day },
        input: { answer: "once", prices: [{ lineNo: 1, unitPrice }] },
      });
    const again = must(await consent("11.00", version));
    expect(again.dates[0]).toMatchObject({ state: "asked", asked: [{ after: { unitPrice: "12" } }] });
    expect(await consent("11.00", again.version)).toMatchObject({ code: "price_consent_stale" });
    await buying.setPrice(offerId, "11.99");
    const done = must(await consent("12.00", again.version));
    const order = await buying.orders.find(buyer, done.dates[0]?.orderIds[0] ?? "");
    expect(order).toMatchObject({ total: "59.95" });
  });

  test("up to the tolerance nobody is asked, and what is cheaper is simply ordered", async () => {
    const { buyer, offerId } = await scene("tolerant");
    const plan = await given.plan(buyer, [[offerId, "1"]], { tolerance: "2.5" });
    const totals: (string | undefined)[] = [];
    for (const [index, price] of ["10.25", "9.00", "10.26"].entries()) {
      await buying.setPrice(offerId, price);
      await given.run(tuesday + index * week);
      const date = (await given.read(buyer, plan)).dates[index];
      const [orderId] = date?.orderIds ?? [];
      totals.push(orderId === undefined ? date?.state : (await buying.orders.find(buyer, orderId))?.total);
    }
    expect(totals).toEqual(["10.25", "9.00", "asked"]);
  });

  test("a question that nobody answers in time lapses, is told, and other dates go on", async () => {
    const { buyer, offerId } = await scene("lapsed");
    const plan = await given.plan(buyer, [[offerId, "1"]], { consentDays: 2 });
    await buying.setPrice(offerId, "11.00");
    await given.run(tuesday);
    const thursday = Date.UTC(2026, 10, 5) * 1_000;
    expect(await given.run(thursday - 1)).toBe(0);
    const late = {
      ...{ standingOrderId: plan.standingOrderId, version: 1, date: "2026-11-03", at: thursday },
      input: { answer: "once" as const, prices: [{ lineNo: 1, unitPrice: "11" }] },
    };
    expect(await given.standing.consent(buyer, late)).toMatchObject({ code: "standing_date_state_wrong" });
    await given.run(thursday);
    expect(await given.dateOf(buyer, plan, "2026-11-03")).toMatchObject({ state: "lapsed", orderIds: [] });
    expect((await given.notices(buyer)).map(({ kind }) => kind)).toEqual([
      "price_consent_lapsed",
      "price_consent_asked",
    ]);
    await buying.setPrice(offerId, "10.00");
    await given.run(tuesday + week);
    expect(await given.dateOf(buyer, plan, "2026-11-10")).toMatchObject({ state: "ordered" });
  });
});

describe("a date that cannot be ordered", () => {
  test("says why, leaves nothing held, and the next one is ordered", async () => {
    const { buyer, offerId, companyId } = await scene("failing", { stock: "8" });
    const plan = await given.plan(buyer, [[offerId, "5"]]);
    const budget = must(
      await buying.budgets.create(person(companyId, "finance"), {
        ...{ name: "Small", validFrom: "2026-01-01T00:00:00Z", validUntil: "2028-01-01T00:00:00Z" },
        ...{ currency: "EUR", amount: "40.00", mode: "block" },
      }),
    );
    const held = async () => (await buying.budgets.find(buyer, budget.budgetId))?.held;
    await given.run(tuesday);
    expect(await given.dateOf(buyer, plan, "2026-11-03")).toMatchObject({
      state: "failed",
      problem: { code: "budget_exceeded" },
      orderIds: [],
    });
    expect([await held(), await buying.stockOf(offerId)]).toEqual(["0.00", ["8", "0"]]);
    await buying.sql`update budgets set amount = 100000`;
    await buying.sql`update stock_levels set on_hand = 4000000 where offer_id = ${offerId}`;
    await given.run(tuesday + week);
    const faults = async (date: string) => (await given.dateOf(buyer, plan, date)).problem?.["faults"];
    expect(await faults("2026-11-10")).toMatchObject([{ code: "stock_insufficient", available: "4" }]);
    await buying.sql`update stock_levels set on_hand = 50000000 where offer_id = ${offerId}`;
    await buying.sql`update offers set multiple = 4000000, min_quantity = 4000000 where id = ${offerId}`;
    await given.run(tuesday + 2 * week);
    expect(await faults("2026-11-17")).toMatchObject([
      { code: "quantity_not_multiple", neighbours: { below: "4", above: "8" } },
    ]);
    await buying.sql`update offers set multiple = null, min_quantity = 1000000, status = 'withdrawn' where id = ${offerId}`;
    await given.run(tuesday + 3 * week);
    expect(await faults("2026-11-24")).toMatchObject([{ code: "price_on_request", cause: "offer_inactive" }]);
    expect((await given.notices(buyer)).map(({ kind }) => kind)).toEqual(Array(4).fill("standing_order_failed"));
    await buying.sql`update offers set status = 'active' where id = ${offerId}`;
    await given.run(tuesday + 4 * week);
    expect(await given.dateOf(buyer, plan, "2026-12-01")).toMatchObject({ state: "ordered" });
    expect([await held(), await buying.stockOf(offerId)]).toEqual(["50.00", ["50", "5"]]);
  });

  test("nobody orders in the name of who has left, or of a company that may not buy any more", async () => {
    const { buyer, offerId, companyId } = await scene("left");
    const plan = await given.plan(buyer, [[offerId, "1"]]);
    await buying.sql`delete from company_members where user_id = ${buyer.userId}`;
    await given.run(tuesday);
    const seer = person(companyId, "owner");
    expect(await given.dateOf(seer, plan, "2026-11-03")).toMatchObject({ problem: { code: "member_unknown" } });
    await buying.sql`insert into company_members (id, company_id, user_id, role)
      values ('again', ${companyId}, ${buyer.userId}, 'buyer')`;
    await buying.sql`update participations set status = 'suspended' where company_id = ${companyId}`;
    await given.run(tuesday + week);
    expect(await given.dateOf(seer, plan, "2026-11-10")).toMatchObject({ problem: { code: "forbidden" } });
  });
});

describe("single dates", () => {
  test("are skipped, moved between their neighbours, and given other quantities", async () => {
    const { buyer, offerId } = await scene("single");
    const { standingOrderId } = await given.plan(buyer, [[offerId, "5"]]);
    const key = (version: number, date: string) => ({ standingOrderId, version, date, at: noon });
    must(await given.standing.skipDate(buyer, { ...key(1, "2026-11-03"), input: null }));
    const moved = { orderOn: "2026-11-12", changes: [{ lineNo: 1, quantity: "7" }] };
    must(await given.standing.changeDate(buyer, { ...key(2, "2026-11-10"), input: moved }));
    for (const [orderOn, bounds] of [
      ["2026-11-12", { after: "2026-11-12", before: "2026-11-24" }],
      ["2026-11-24", { after: "2026-11-12", before: "2026-11-24" }],
    ] as const) {
      const input = { orderOn, changes: [] };
      const answer = await given.standing.changeDate(buyer, { ...key(3, "2026-11-17"), input });
      expect(answer).toMatchObject({ code: "standing_date_out_of_order", data: bounds });
    }
    const today = await given.standing.changeDate(buyer, {
      ...key(3, "2026-11-03"),
      input: { orderOn: "2026-11-02", changes: [] },
    });
    expect(today).toMatchObject({ code: "standing_date_out_of_order" });
    const strange = { changes: [{ lineNo: 2, quantity: "1" }] };
    const unknown = await given.standing.changeDate(buyer, { ...key(3, "2026-11-17"), input: strange });
    expect(unknown).toMatchObject({ code: "standing_line_unknown", data: { pointer: "/changes/0/lineNo" } });
    const stale = await given.standing.skipDate(buyer, { ...key(1, "2026-11-17"), input: null });
    expect(stale).toMatchObject({ code: "precondition_failed" });

    await given.run(tuesday + week);
    expect(await given.run(tuesday + week)).toBe(0);
    await given.run(tuesday + week + 2 * day);
    const dates = (await given.standing.find(buyer, standingOrderId))?.dates.slice(0, 3);
    expect(dates?.map(({ state, orderOn }) => [state, orderOn])).toEqual([
      ["skipped", "2026-11-03"],
      ["ordered", "2026-11-12"],
      ["planned", "2026-11-17"],
    ]);
    expect(await buying.orders.find(buyer, dates?.[1]?.orderIds[0] ?? "")).toMatchObject({ total: "70.00" });
    const ordered = await given.standing.skipDate(buyer, { ...key(3, "2026-11-10"), input: null });
    expect(ordered).toMatchObject({ code: "standing_date_state_wrong", data: { state: "ordered" } });
  });

  test("keep the quantities that somebody gave them while he changes the rest, and lose them to a colleague", async () => {
    const { buyer, offerId, companyId } = await scene("kept");
    const { standingOrderId } = await given.plan(buyer, [[offerId, "5"]]);
    const key = (version: number) => ({ standingOrderId, version, at: noon });
    const input = { changes: [{ lineNo: 1, quantity: "7" }] };
    must(await given.standing.changeDate(buyer, { ...key(1), date: "2026-11-10", input }));
    const { rule: _rule, startOn: _start, ...change } = planOf([[offerId, "5"]], { name: "Renamed", tolerance: "1" });
    const renamed = must(await given.standing.change(buyer, { ...key(2), input: change }));
    expect(renamed).toMatchObject({ name: "Renamed", dates: [{}, input, ...Array(10).fill({})] });
    const colleague = person(companyId, "owner");
    const taken = must(await given.standing.change(colleague, { ...key(3), input: change }));
    expect(taken.requestedBy).toBe(colleague.userId);
    expect(taken.dates.some((date) => "changes" in date)).toBe(false);
  });

  test("that come while it is paused are skipped; resumed it goes on, ended it does not", async () => {
    const { buyer, offerId } = await scene("paused");
    const { standingOrderId } = await given.plan(buyer, [[offerId, "5"]]);
    const move = (input: "pause" | "resume" | "end", version: number, at: number) =>
      given.standing.move(buyer, { standingOrderId, version, input, at });
    let { version } = must(await move("pause", 1, noon));
    expect(await move("pause", version, noon)).toMatchObject({ code: "standing_order_state_wrong" });
    await given.run(tuesday);
    ({ version } = must(await move("resume", version, tuesday + week + day)));
    await given.run(tuesday + 2 * week);
    const states = async () => (await given.standing.find(buyer, standingOrderId))?.dates.map(({ state }) => state);
    expect((await states())?.slice(0, 4)).toEqual(["skipped", "skipped", "ordered", "planned"]);
    must(await move("end", version, tuesday + 2 * week));
    await given.run(tuesday + 9 * week);
    expect(new Set((await states())?.slice(3))).toEqual(new Set(["skipped"]));
  });

  test("come to an end with the last day or the count", async () => {
    const { buyer, offerId } = await scene("ending");
    const twice = await given.plan(buyer, [[offerId, "1"]], { count: 2 });
    const until = await given.plan(buyer, [[offerId, "1"]], { endOn: "2026-11-16" });
    expect([twice.dates.length, until.dates.length]).toEqual([2, 2]);
    for (const at of [tuesday, tuesday + week]) await given.run(at);
    expect(await given.read(buyer, twice)).toMatchObject({ state: "ended", dates: [{}, {}] });
    expect(await given.read(buyer, until)).toMatchObject({ state: "ended" });
    const over = planOf([[offerId, "1"]], { startOn: "2026-10-01", endOn: "2026-10-31" });
    expect(await given.standing.create(buyer, over, noon)).toMatchObject({ code: "standing_order_without_dates" });
  });
});

describe("the company's walls", () => {
  test("nobody else sees or touches it, and what cannot be bought is not planned", async () => {
    const { buyer, vendor, offerId } = await scene("walls", { multiple: "5" });
    const { standingOrderId, version } = await given.plan(buyer, [[offerId, "5"]]);
    expect(await given.standing.find(vendor, standingOrderId)).toBeUndefined();
    const foreign = await given.standing.move(vendor, { standingOrderId, version, input: "end", at: noon });
    expect(foreign).toMatchObject({ code: "standing_order_unknown" });
    const odd = await given.standing.create(buyer, planOf([[offerId, "7"]]), noon);
    expect(odd).toMatchObject({ code: "quantity_not_multiple", data: { neighbours: { below: "5", above: "10" } } });
    const page = await given.standing.list(vendor, { limit: 10 });
    expect(page).toMatchObject({ ok: true, data: [] });
  });
});
