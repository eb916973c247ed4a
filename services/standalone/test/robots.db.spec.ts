import { newId, requireReceipt } from "@kontor/sdk";
import { expect, test } from "vitest";
import { runRobot } from "../src/demo/robot.ts";
import { showTerms } from "../src/demo/show-lot.ts";
import { enrol, openStall } from "../src/enrol.ts";
import { createGround, createSkippingClock } from "./installation.ts";

const hourMs = 3_600_000;
const password = "correct horse battery";
const profile = { country: "DE", registrationNo: "", vatId: "", address: "" };

test("robots bid each other down over websockets to the floor of the one that gives up", {
  timeout: 60_000,
}, async () => {
  await using ground = await createGround();
  const clock = createSkippingClock();
  const standalone = await ground.start({ clock });
  const { url, accounts } = standalone;
  const operator = { name: "Olga", email: "olga@kontor.example", password };
  const stall = await openStall({ url, accounts, operator, marketplace: { slug: "m", name: "M", currency: "EUR" } });
  const company = (name: string, side: "buyer" | "supplier") =>
    enrol(stall, {
      url,
      person: { name, email: `${name}@kontor.example`, password },
      side,
      profile: { ...profile, legalName: name },
    });
  const [buyer, high, low] = await Promise.all([
    company("buyer", "buyer"),
    company("high", "supplier"),
    company("low", "supplier"),
  ]);
  const tenderId = newId();
  const lotId = `${tenderId}-1`;
  const auctionOpensAt = new Date(Date.now() + hourMs).toISOString();
  const terms = { ...showTerms(Date.now(), 1), calendar: { auctionOpensAt } };
  const { marketplaceId } = stall;
  requireReceipt(await buyer.client.commands.createTender({ marketplaceId, tenderId, terms }));
  requireReceipt(await buyer.client.commands.publishTender({ tenderId, expectedVersion: 1 }));
  const abort = new AbortController();
  for (const { client } of [high, low]) requireReceipt(await client.commands.requestAdmission({ tenderId }));
  const playing = [
    { player: high, floor: "9440.00" },
    { player: low, floor: "9400.00" },
  ].map(async ({ player, floor }) => {
    const live = player.client.live();
    const manner = { step: "5.00", pauseMs: { min: 5, max: 20 }, random: () => 0.2, signal: abort.signal };
    await runRobot({ live, lotId, floor, ...manner }).catch((error: Error) => expect(error.name).toBe("AbortError"));
    live.close();
  });
  clock.skip(hourMs);
  const winning = low.client.live();
  const { view } = await winning.until(
    `lot:${lotId}`,
    ({ bestPrice }, own) => own?.standing === "leading" && Number(bestPrice) <= 9440,
    { timeoutMs: 30_000 },
  );
  // The floor itself, or one step below it, depending on whose turn it was.
  expect(["9440.00", "9435.00"]).toContain(view.bestPrice);
  expect(view.bidCount).toBeGreaterThanOrEqual(9);
  winning.close();
  abort.abort();
  requireReceipt(await buyer.client.commands.cancelTender({ tenderId, reason: "The test has seen enough." }));
  await Promise.all(playing);
  await standalone.stop();
});
