import { describe, expect, test, vi } from "vitest";
import type { Bus } from "../port.ts";

/** Two ends of one bus; in one process they may be the same object. `settled` lets new subscriptions take effect. */
export type BusEnds = {
  readonly near: Bus;
  readonly far: Bus;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const soon = { timeoutMs: 2_000 };
const codeOf = (code: string) => expect.objectContaining({ name: "Fault", code });

async function within(open: () => Promise<BusEnds>, run: (ends: BusEnds) => Promise<void>): Promise<void> {
  const ends = await open();
  try {
    await run(ends);
  } finally {
    await ends.close();
  }
}

/** What every implementation of the bus promises. */
export function busContract(name: string, open: () => Promise<BusEnds>): void {
  describe(`bus: ${name}`, () => {
    requests(open);
    publications(open);
  });
}

function requests(open: () => Promise<BusEnds>): void {
  test("a request is answered by its server", () =>
    within(open, async ({ near, far, settled }) => {
      far.serve("sum", ({ a, b }: { a: number; b: number }) => Promise.resolve({ sum: a + b }));
      await settled();
      expect(await near.request("sum", { a: 2, b: 3 }, soon)).toEqual({ sum: 5 });
    }));

  test("answers find their own requests, whatever their order", () =>
    within(open, async ({ near, far, settled }) => {
      const held: (() => void)[] = [];
      far.serve("echo", (n: number) => new Promise((resolve) => held.push(() => resolve(n))));
      await settled();
      const answers = [1, 2, 3].map((n) => near.request<number>("echo", n, soon));
      await vi.waitFor(() => expect(held).toHaveLength(3));
      for (const release of held.toReversed()) release();
      expect(await Promise.all(answers)).toEqual([1, 2, 3]);
    }));

  test("a request that nobody serves is refused as bus_unavailable", () =>
    within(open, async ({ near, far, settled }) => {
      await expect(near.request("nobody", {}, soon)).rejects.toEqual(codeOf("bus_unavailable"));
      const end = far.serve("nobody", () => Promise.resolve(1));
      await settled();
      expect(await near.request("nobody", {}, soon)).toBe(1);
      end();
      await settled();
      await expect(near.request("nobody", {}, soon)).rejects.toEqual(codeOf("bus_unavailable"));
    }));

  test("a request without an answer in time ends as command_timeout", () =>
    within(open, async ({ near, far, settled }) => {
      far.serve("slow", () => new Promise(() => {}));
      await settled();
      await expect(near.request("slow", {}, { timeoutMs: 20 })).rejects.toEqual(codeOf("command_timeout"));
    }));

  test("a server that fails is unavailable to its caller and serves on", () =>
    within(open, async ({ near, far, settled }) => {
      far.serve("moody", (fail: boolean) => (fail ? Promise.reject(new Error("moody")) : Promise.resolve("fine")));
      await settled();
      await expect(near.request("moody", true, soon)).rejects.toEqual(codeOf("bus_unavailable"));
      expect(await near.request("moody", false, soon)).toBe("fine");
    }));

  test("of several servers exactly one answers each request", () =>
    within(open, async ({ near, far, settled }) => {
      let taken = 0;
      const take = () => Promise.resolve(++taken);
      far.serve("shared", take);
      far.serve("shared", take);
      await settled();
      const answers = await Promise.all(Array.from({ length: 20 }, () => near.request<number>("shared", {}, soon)));
      expect(new Set(answers).size).toBe(20);
      expect(taken).toBe(20);
    }));

  test("closing ends the requests that still wait", () =>
    within(open, async ({ near, far, settled }) => {
      far.serve("slow", () => new Promise(() => {}));
      await settled();
      const refused = expect(near.request("slow", {}, soon)).rejects.toEqual(codeOf("bus_unavailable"));
      await near.close();
      await refused;
      await expect(near.request("slow", {}, soon)).rejects.toEqual(codeOf("bus_unavailable"));
    }));
}

function publications(open: () => Promise<BusEnds>): void {
  test("every subscriber gets every message, in the publisher's order", () =>
    within(open, async ({ near, far, settled }) => {
      const seen: number[][] = [[], []];
      for (const list of seen) far.subscribe("numbers", (n: number) => list.push(n));
      await settled();
      for (let n = 0; n < 100; n++) near.publish("numbers", n);
      await vi.waitFor(() => expect(seen.map((list) => list.length)).toEqual([100, 100]));
      for (const list of seen) expect(list).toEqual(Array.from({ length: 100 }, (_, n) => n));
    }));

  test("`.*` takes exactly one further part and learns the subject", () =>
    within(open, async ({ near, far, settled }) => {
      const seen: string[] = [];
      far.subscribe("live.*", (_message: unknown, subject: string) => seen.push(subject));
      far.subscribe("end", () => seen.push("end"));
      await settled();
      for (const subject of ["live.a", "live", "live.a.b", "lives.a", "live.b-2", "end"]) near.publish(subject, {});
      await vi.waitFor(() => expect(seen).toContain("end"));
      expect(seen).toEqual(["live.a", "live.b-2", "end"]);
    }));

  test("after the end of a subscription nothing comes any more", () =>
    within(open, async ({ near, far, settled }) => {
      const seen: string[] = [];
      const end = far.subscribe("word", (word: string) => seen.push(word));
      far.subscribe("word", (word: string) => seen.push(`other ${word}`));
      await settled();
      near.publish("word", "one");
      await vi.waitFor(() => expect(seen).toHaveLength(2));
      end();
      end();
      await settled();
      near.publish("word", "two");
      await vi.waitFor(() => expect(seen).toContain("other two"));
      expect(seen).not.toContain("two");
    }));

  test("a subscriber that fails hurts neither the publisher nor the others", () =>
    within(open, async ({ near, far, settled }) => {
      const seen: string[] = [];
      far.subscribe("word", () => {
        throw new Error("subscriber failed");
      });
      far.subscribe("word", (word: string) => seen.push(word));
      await settled();
      near.publish("word", "one");
      near.publish("word", "two");
      await vi.waitFor(() => expect(seen).toEqual(["one", "two"]));
    }));

  test("publishing without subscribers, or after closing, is nothing", () =>
    within(open, async ({ near }) => {
      near.publish("nobody", {});
      await near.close();
      near.publish("nobody", {});
    }));
}
