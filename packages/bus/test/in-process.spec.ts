import { expect, test } from "vitest";
import { createInProcessBus } from "../src/index.ts";
import { busContract } from "../src/testing/contract.ts";

busContract("in-process", () => {
  const bus = createInProcessBus();
  return Promise.resolve({ near: bus, far: bus, settled: () => Promise.resolve(), close: bus.close });
});

test("what handlers throw is told to the owner of the bus", async () => {
  const told: unknown[] = [];
  const bus = createInProcessBus({ onError: (error, subject) => told.push([(error as Error).message, subject]) });
  bus.subscribe("word", () => {
    throw new Error("subscriber");
  });
  bus.serve("ask", () => {
    throw new Error("server");
  });
  bus.publish("word", {});
  await expect(bus.request("ask", {}, { timeoutMs: 1_000 })).rejects.toMatchObject({ code: "bus_unavailable" });
  expect(told).toEqual(
    expect.arrayContaining([
      ["subscriber", "word"],
      ["server", "ask"],
    ]),
  );
  await bus.close();
});

test("a publisher is not entered again by what its message causes", async () => {
  const bus = createInProcessBus();
  const order: string[] = [];
  bus.subscribe("first", () => {
    order.push("first received");
    bus.publish("second", {});
    order.push("second published");
  });
  bus.subscribe("second", () => order.push("second received"));
  bus.publish("first", {});
  order.push("first published");
  await Promise.resolve();
  await Promise.resolve();
  expect(order).toEqual(["first published", "first received", "second published", "second received"]);
  await bus.close();
});
