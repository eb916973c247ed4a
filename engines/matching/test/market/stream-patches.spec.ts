import type { JsonObject, StreamPatches, StreamViews } from "@kontor/kernel";
import { applyMergePatch, mergePatchOf } from "@kontor/kernel";
import type { ExchangeEvent } from "@kontor/protocol";
import { exchangeChannels } from "@kontor/protocol";
import { createRandom } from "@kontor/testkit";
import { expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { busyPit } from "./busy-pit.ts";
import type { Pit } from "./pit.ts";
import { instrumentId } from "./pit.ts";

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const batches = 120;
const streams = exchangeChannels.map((channel) => `${channel}:${instrumentId}`);
let named = 0;

/** What all audiences see of one stream. */
function wholeOf(views: StreamViews | null | undefined): JsonObject {
  return { public: views?.public, owner: views?.owner, own: Object.fromEntries(views?.own ?? []) };
}

const look = (place: Pit, stream: string): JsonObject => wholeOf(exchangeEngine.views(place.state(), stream));

function patched(before: JsonObject, { own = new Map(), ...shared }: StreamPatches): JsonObject {
  return applyMergePatch(before, { ...shared, own: Object.fromEntries(own) }) as JsonObject;
}

function expectSame(stream: string, found: JsonObject, wanted: JsonObject): void {
  expect({ stream, difference: mergePatchOf(found, wanted) }).toEqual({ stream, difference: null });
}

function check(place: Pit, before: ReadonlyMap<string, JsonObject>, events: readonly ExchangeEvent[]): void {
  const changed = exchangeEngine.streamsOf(place.state(), events);
  for (const stream of streams) {
    const [was, is] = [before.get(stream) ?? {}, look(place, stream)];
    if (!changed.includes(stream)) expectSame(stream, was, is);
    const patches = exchangeEngine.patches?.(place.state(), stream, events) ?? null;
    if (patches === null) continue;
    named += 1;
    expectSame(stream, patched(was, patches), is);
  }
}

test.each(seeds)("patches make of views what they become: seed %i", (seed) => {
  const { place, step } = busyPit(seed);
  const random = createRandom(seed * 31);
  for (let batch = 0; batch < batches; batch++) {
    const before = new Map(streams.map((stream) => [stream, look(place, stream)]));
    const events = Array.from({ length: random.between(1, 4) }, step).flat();
    if (events.length > 0) check(place, before, events);
  }
});

test("most of what large streams show is named, not compared", () => {
  expect(named).toBeGreaterThan(2 * batches * seeds.length);
});

test("recovery from facts and from a snapshot gives the same streams", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { place, step } = busyPit(seed);
    for (let count = 0; count < 150; count++) step();
    let recovered = exchangeEngine.create();
    for (const { event, at } of place.facts()) recovered = exchangeEngine.evolve(recovered, event, at);
    const encoded = exchangeEngine.encode(place.state());
    expect(exchangeEngine.encode(recovered)).toEqual(encoded);
    const restored = exchangeEngine.decode(JSON.parse(JSON.stringify(encoded)) as JsonObject);
    for (const stream of streams) {
      expectSame(stream, wholeOf(exchangeEngine.views(recovered, stream)), look(place, stream));
      expectSame(stream, wholeOf(exchangeEngine.views(restored, stream)), look(place, stream));
    }
  }
});

test("what was touched before a snapshot is compared", () => {
  const { place, step } = busyPit(5);
  for (let count = 0; count < 200; count++) step();
  const encoded = exchangeEngine.encode(place.state());
  const restored = exchangeEngine.decode(JSON.parse(JSON.stringify(encoded)) as JsonObject);
  const moved = place.facts().findLast(({ event }) => event.type === "book_moved");
  expect(exchangeEngine.patches?.(restored, `book-raw:${instrumentId}`, moved ? [moved.event] : [])).toBeNull();
});
