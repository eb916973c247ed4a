import type { JsonObject } from "@kontor/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveClient, StateOf, Stream } from "../src/index.ts";
import { createKontor } from "../src/index.ts";
import type { Fault } from "./fake-server.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

/* A client behind a bad wire: whatever is lost, doubled, held back or cut off, it ends in the server's state. */

const streams: readonly Stream[] = [
  "lot:00000000-0000-4000-8000-000000000001-1",
  "tender:00000000-0000-4000-8000-000000000001",
];

type Action =
  | { readonly type: "view" | "own"; readonly stream: number; readonly value: JsonObject }
  | { readonly type: "forget_own"; readonly stream: number }
  | { readonly type: "faults"; readonly faults: readonly Fault[] }
  | { readonly type: "pass_time"; readonly ms: number }
  | { readonly type: "cut" | "restart" | "recover" | "freeze" | "goodbye" };

const value: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom("phase", "bestPrice", "standings"),
  fc.oneof(
    fc.constantFrom("open", "closed", "12.50"),
    fc.dictionary(
      fc.constantFrom("Bidder #1", "Bidder #2", "__proto"),
      fc.record({ price: fc.constantFrom("1", "2") }),
    ),
  ),
);
const stream = fc.nat({ max: streams.length - 1 });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("view" as const), stream, value }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("own" as const), stream, value }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("forget_own" as const), stream }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("faults" as const),
      faults: fc.array(fc.constantFrom<Fault>("drop", "duplicate", "delay", "pass"), { maxLength: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("pass_time" as const), ms: fc.nat({ max: 2_500 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("cut", "restart", "recover", "freeze", "goodbye") }) },
);

async function perform(server: FakeServer, clock: VirtualClock, step: Action): Promise<void> {
  const name = "stream" in step ? (streams[step.stream] ?? "me") : "me";
  if (step.type === "view") server.change(name, { view: step.value });
  if (step.type === "own") server.change(name, { own: step.value });
  if (step.type === "forget_own") server.change(name, { own: undefined });
  if (step.type === "faults") server.faults = [...step.faults];
  if (step.type === "cut") server.cutAll();
  if (step.type === "restart") server.restart();
  if (step.type === "recover") server.recover();
  if (step.type === "freeze") server.freeze();
  if (step.type === "goodbye") server.goodbye(500);
  if (step.type === "pass_time") await clock.advance(step.ms);
}

function openLive(server: FakeServer, clock: VirtualClock): LiveClient {
  const kontor = createKontor({ baseUrl: "http://kontor.test", WebSocket: server.Socket, clock, random: () => 0.5 });
  return kontor.live();
}

test("a client ends in the server's state after any faults", async () => {
  const run = async (actions: readonly Action[]): Promise<void> => {
    const clock = new VirtualClock();
    const server = new FakeServer(clock);
    const live = openLive(server, clock);
    const told = new Map<string, StateOf<Stream>>();
    const subscriptions = streams.map((name) =>
      live.subscribe(name, { onChange: (view, own) => told.set(name, { view, own } as StateOf<Stream>) }),
    );
    for (const step of actions) await perform(server, clock, step);
    server.faults = [];
    await clock.advance(20_000);
    for (const [i, subscription] of subscriptions.entries()) {
      const document = server.documents.get(streams[i] ?? "");
      const expected = { view: document?.view, own: document?.own };
      expect(subscription.state).toEqual(expected);
      expect(told.get(subscription.stream)).toEqual(expected);
    }
    expect(server.linkCount).toBe(1);
    live.close();
    expect(server.linkCount).toBe(0);
  };
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 40 }), run), { seed: 20261101, numRuns: 300 });
});
