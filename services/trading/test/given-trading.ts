import { createInProcessBus, subjects } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { TenderCommand } from "@kontor/protocol";
import { TenderTerms } from "@kontor/protocol";
import { expect } from "vitest";
import type { TradingHostOptions } from "../src/index.ts";
import { createTradingHost, mechanisms } from "../src/index.ts";
import { member } from "./world.ts";

export const tenderId = "0190c000-0000-7000-8000-000000000001";
export const lotId = `${tenderId}-1`;
const hour = 3_600_000_000;

const termsAt = (now: number): TenderTerms =>
  TenderTerms.parse({
    title: "Copper cathodes",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: { submissionsUntil: instantOfMicros(now + hour), auctionOpensAt: instantOfMicros(now + 2 * hour) },
    lots: [
      {
        title: "Copper cathode, 25 t",
        quantity: { value: "25", unit: "TNE" },
        rules: {
          format: "english_reverse",
          currency: "EUR",
          priceScale: 2,
          startPrice: "10000.00",
          stepMin: { kind: "absolute", amount: "50.00" },
          durationMs: 600_000,
          softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 300_000 },
        },
      },
    ],
  });

/** A tender with one lot, two suppliers, three bids of which the last extends, and the close. */
export async function trade(
  hostId: string,
  options: Pick<TradingHostOptions, "journal" | "writeSnapshot" | "options">,
): Promise<void> {
  let now = Date.now() * 1_000;
  const bus = createInProcessBus();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const clock = { now: () => now };
  const host = createTradingHost({ bus, mechanisms, clock, hostId, log, ...options });
  await host.start();
  let count = 0;
  const send = (command: TenderCommand, actor: Actor) =>
    bus.request<{ ok: boolean }>(
      subjects.command,
      { shard: tenderId, mechanism: "tender", key: `key-no-${count++}`, command, actor },
      { timeoutMs: 10_000 },
    );
  const [owner, ada, bob] = [member("owner"), member("ada"), member("bob")];
  const marketplaceId = owner.marketplaceId ?? "";
  await send({ type: "create_tender", marketplaceId, tenderId, terms: termsAt(now) }, owner);
  await send({ type: "publish_tender", tenderId, expectedVersion: 1 }, owner);
  for (const supplier of [ada, bob]) await send({ type: "request_admission", tenderId }, supplier);
  now += 2 * hour + 1_000_000;
  await send({ type: "submit_bid", lotId, price: "9900.00" }, ada);
  await send({ type: "submit_bid", lotId, price: "9880.00" }, bob);
  now += 540_000_000;
  expect(await send({ type: "submit_bid", lotId, price: "9700.00" }, bob)).toMatchObject({ ok: true });
  now += hour;
  await send({ type: "submit_bid", lotId, price: "9000.00" }, ada);
  await host.stop();
}
