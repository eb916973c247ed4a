import type { TenderView } from "@kontor/protocol";
import { requireReceipt } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createRawHttp } from "../world/raw-http.ts";
import { lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  const generous = { messagesPerSecondSession: 1e6, messageBurst: 1e6 };
  world = await createWorld({ liveLimits: generous });
});
afterAll(() => world[Symbol.asyncDispose]());

test("who asks and never reads is closed before he costs much, and nobody else notices", async () => {
  const { anna, bert, observer, url } = world;
  const description = "x".repeat(9_000);
  const lots = Array.from({ length: 24 }, () => lot(reverseRules(), { description }));
  const tender = await world.publish({ draft: { lots, description }, suppliers: [anna, bert] });
  const stream = `tender:${tender.tenderId}`;
  const greedy = new WebSocket(`${url.replace("http", "ws")}/v1/live`, { headers: observer.boss.headers() });
  await new Promise((resolve) => greedy.once("open", resolve));
  greedy.pause();
  const before = process.memoryUsage().rss;
  const raw = createRawHttp(url);
  const closedFor = async (reason: string): Promise<boolean> => {
    const { text } = await raw.ask({ method: "GET", path: "/metrics" });
    return text.includes(`ws_closes_total{reason="${reason}"} 1`);
  };
  // Each of these asks for the whole state again: over two hundred thousand bytes.
  const asking = until("the connection is given up", async () => {
    for (let sent = 0; sent < 20 && greedy.readyState === WebSocket.OPEN; sent++) {
      greedy.send(JSON.stringify({ id: `again-${sent}`, op: "subscribe", stream }));
    }
    return await closedFor("slow_consumer");
  });
  await tender.open();
  requireReceipt(await anna.boss.live().commands.submitBid({ lotId: tender.lotId(), price: "8900.00" }));
  await asking;
  const { view } = await bert.boss
    .live()
    .until(`lot:${tender.lotId()}`, ({ bidCount }) => bidCount === 1, { timeoutMs: 15_000 });
  expect(view.bestPrice).toBe("8900.00");
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  greedy.terminate();
  raw.close();
});

test("a tender whose state is larger than all that may wait is written, followed and changed like any other", async () => {
  const { anna, bert } = world;
  const description = "€".repeat(10_000);
  const lots = Array.from({ length: 200 }, () => lot(reverseRules(), { description }));
  const tender = await world.publish({ draft: { lots, description }, suppliers: [anna] });
  const stream = `tender:${tender.tenderId}` as const;
  const isWhole = ({ lots: known }: TenderView): boolean => Object.keys(known).length === 200;
  const { view } = await anna.boss.live().until(stream, isWhole, { timeoutMs: 60_000 });
  expect(Buffer.byteLength(JSON.stringify(view))).toBeGreaterThan(4_194_304);
  requireReceipt(await bert.boss.client.commands.requestAdmission({ tenderId: tender.tenderId }));
  requireReceipt(await anna.boss.client.commands.askQuestion({ tenderId: tender.tenderId, text: "Which grade?" }));
  const isAsked = ({ questions }: TenderView): boolean => Object.keys(questions).length === 1;
  await tender.owner.live().until(stream, isAsked, { timeoutMs: 60_000 });
});
