import type { ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { applyMergePatch } from "@kontor/kernel";
import { exchangeChannels } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { Mechanism } from "../src/index.ts";
import { mechanisms } from "../src/index.ts";
import { reDecide } from "../src/re-decide.ts";
import type { Sender } from "./given-exchange.ts";
import { ada, bob, buy, instrumentId, operator, reason, sell, startExchange, trading } from "./given-exchange.ts";
import { createManualTime, settle } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import type { World } from "./world.ts";
import { codeOf } from "./world.ts";

/** By channel, or by the name of a stream that is read once. */
function look({ bus }: World, name: string, { actor }: Sender = bob): Promise<ViewAnswer> {
  const asked = name.includes(":") ? { stream: name, once: true } : { stream: `${name}:${instrumentId}` };
  return bus.request(subjects.view, { shard: instrumentId, actor, ...asked }, { timeoutMs: 60_000 });
}

test("a batch that the journal did not take leaves no order behind", async () => {
  const world = await trading();
  world.journal.plan.push("refuse");
  const answer = world.ask("submit_order", sell, ada);
  await settle();
  await world.time.advance(5_000);
  expect(codeOf(await answer)).toBe("ok"); // Taken in again after the recovery, as its only order.
  const bought = await world.ask("submit_order", buy, bob);
  expect(bought).toMatchObject({ result: { fills: [{ quantity: "100", price: "212.50" }] } });
  expect(await look(world, "book")).toMatchObject({ view: { bids: { "212.50": { quantity: "50" } }, asks: {} } });
});

test("a commit of unknown outcome trades once, whichever it was", async () => {
  for (const fault of ["drop_reply", "lose"] as const) {
    const world = await trading();
    await world.ask("submit_order", sell, ada);
    world.journal.plan.push(fault);
    const answer = world.ask("submit_order", buy, bob);
    await settle();
    await world.time.advance(5_000);
    expect(await answer).toMatchObject({ ok: true, result: { fills: [{ quantity: "100" }] } });
    expect(await look(world, "book")).toMatchObject({ view: { bids: { "212.50": { orders: 1 } }, asks: {} } });
  }
});

test("another host on the same journal has the same book, and the same answer to the same key", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const first = await trading({ time, journal });
  await first.ask("submit_order", sell, ada);
  const answer = await first.ask("submit_order", buy, { ...bob, key: "the-buyers-key" });
  await first.host.stop();
  const second = await startExchange({ time, journal, hostId: "host-2" });
  expect(await second.ask("submit_order", buy, { ...bob, key: "the-buyers-key" })).toEqual(answer);
  expect(await second.ask("submit_order", { ...sell, quantity: "50" }, ada)).toMatchObject({
    result: { fills: [{ tradeId: `${instrumentId}-t2`, quantity: "50" }] },
  });
});

test("what the journal holds is decided again alike", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const world = await trading({ time, journal });
  for (const [order, sender] of [
    [sell, ada],
    [buy, bob],
    [{ ...sell, price: "210" }, ada],
  ] as const) {
    await world.ask("submit_order", order, sender);
  }
  await world.ask("cancel_order", { orderId: `${instrumentId}-o1` }, bob); // Refused: long gone, and not his.
  const head = (await journal.heads([instrumentId])).get(instrumentId);
  const mechanism: Mechanism | undefined = mechanisms.get("exchange");
  if (head === undefined || mechanism === undefined) throw new Error("there is nothing to decide again");
  const found = await reDecide({ journal, mechanism, head, withSnapshot: true, onEvent: () => {} });
  expect(found).toMatchObject({ entries: 7, differences: [] });
});

test("whoever follows a stream has what the host would answer, without any of it being made anew", async () => {
  const world = await trading();
  const updates = world.watch();
  const copies = new Map<string, unknown>();
  const seen = (answer: ViewAnswer): unknown => (answer.found ? { view: answer.view, own: answer.own } : null);
  await world.ask("submit_order", buy, bob);
  for (const channel of exchangeChannels) copies.set(channel, seen(await look(world, channel)));
  for (const [at, price] of ["213", "211.75", "212.50", "212.25", "212.50"].entries()) {
    await world.ask("submit_order", { ...sell, price }, at % 2 === 0 ? ada : bob);
    await world.ask("submit_order", { ...buy, quantity: "50" }, at % 3 === 0 ? ada : bob);
  }
  await world.ask("cancel_orders", {}, bob);
  await world.ask("set_phase", { phase: "auction", reason }, operator);
  await settle();
  for (const { stream, public: everybody, participant, own } of updates.flatMap(({ updates: changes }) => changes)) {
    const channel = stream.slice(0, stream.indexOf(":"));
    const copy = copies.get(channel) as { view: unknown; own: unknown };
    const shared = copy.own === undefined ? everybody : participant;
    if (shared !== undefined) copy.view = applyMergePatch(copy.view, shared);
    if (own?.["bob"] !== undefined) copy.own = applyMergePatch(copy.own, own["bob"]);
  }
  for (const channel of exchangeChannels) {
    expect([channel, copies.get(channel)]).toEqual([channel, seen(await look(world, channel))]);
  }
});

test("an order is explained to its company and the operator, and to nobody else", async () => {
  const world = await trading();
  await world.ask("submit_order", sell, ada);
  const stream = `order:${instrumentId}-o1`;
  const told = { orderId: `${instrumentId}-o1`, leaves: "100", hindrance: { reason: "no_opposite" } };
  expect(await look(world, stream, ada)).toMatchObject({ found: true, own: told });
  expect(await look(world, stream, operator)).toMatchObject({ found: true, view: told });
  expect(await look(world, stream, bob)).toEqual({ found: false });
  await world.ask("cancel_order", { orderId: `${instrumentId}-o1` }, ada);
  expect(await look(world, stream, ada)).toEqual({ found: false });
});
