import { instantOfMicros, microsOfMs } from "@kontor/kernel";
import type { TenderCommand, TenderEvent } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { TenderWorld } from "./given-tender.ts";
import {
  deadlineMs,
  durationMs,
  lotId,
  openingMs,
  outageRule,
  publish,
  required,
  startTenderWorld,
} from "./given-tender.ts";
import type { ManualTime } from "./manual-time.ts";
import { createManualTime, settle } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { codeOf, member } from "./world.ts";

const minute = 60_000;
const [ada, bob] = [member("ada"), member("bob")];

/** A tender under way, the host of which can be away for a while. */
async function underWay() {
  const time = createManualTime();
  const start = time.now();
  const journal = createMemoryJournal(time.now);
  let world = await startTenderWorld({ time, journal });
  await publish(world, ["ada", "bob"]);
  return {
    time,
    world: () => world,
    /** Milliseconds since the notice as the instant that events tell. */
    instant: (ms: number) => instantOfMicros(start + microsOfMs(ms)),
    passTo: (ms: number) => passTo(time, start, ms),
    /** Stops the host and starts one anew after so long: as if somebody had pulled the plug, or ended it in order. */
    async away(ms: number, how: "killed" | "stopped") {
      if (how === "stopped") await world.host.stop();
      world.journal.down = true;
      await time.advance(ms);
      world = await startTenderWorld({ time, journal });
      await settle();
    },
  };
}

async function passTo(time: ManualTime, start: number, ms: number): Promise<void> {
  await time.advance((start - time.now()) / 1_000 + ms);
}

const price = (amount: string): TenderCommand => ({ type: "submit_initial_price", lotId, price: amount });
const bid = (amount: string): TenderCommand => ({ type: "submit_bid", lotId, price: amount });

async function factsOf({ entries }: TenderWorld, after: number): Promise<readonly TenderEvent[]> {
  return (await entries()).slice(after).flatMap(({ events = [] }) => events as unknown as readonly TenderEvent[]);
}

/** Two commands just before an instant and one at it, all decided after it. */
async function aroundInstant(
  { world, passTo: to, time }: Awaited<ReturnType<typeof underWay>>,
  ms: number,
  [first, second, third]: readonly [TenderCommand, TenderCommand, TenderCommand],
) {
  const { command, journal } = world();
  await to(ms - 1);
  journal.plan.push("hold");
  const held = command(first, bob);
  await settle();
  const stamped = command(second, ada);
  await time.advance(1);
  const late = command(third, bob);
  await settle();
  await journal.release();
  return { inTime: [await held, await stamped].map(codeOf), late: await late };
}

test.each(["killed", "stopped"] as const)("a host %s across the submission deadline", async (how) => {
  const place = await underWay();
  const { passTo: to, instant, away } = place;
  await to(deadlineMs - 2 * minute);
  await required(place.world().command(price("9900.00"), ada));
  const before = (await place.world().entries()).length;
  await away(12 * minute, how);
  const back = deadlineMs + 10 * minute;
  const moved = back + 12 * minute;
  const opening = openingMs + moved - deadlineMs;
  expect(await factsOf(place.world(), before)).toMatchObject([
    {
      type: "tender_amended",
      cause: "outage",
      terms: { calendar: { submissionsUntil: instant(moved), auctionOpensAt: instant(opening) } },
      initialPricesInvalidated: false,
    },
    { type: "lot_scheduled", lotId, opensAt: instant(opening) },
  ]);
  const { inTime, late } = await aroundInstant(place, moved, [price("9850.00"), price("9800.00"), price("9700.00")]);
  expect(inTime).toEqual(["ok", "ok"]);
  expect(codeOf(late)).toBe("submissions_closed");
  await to(opening);
  expect((await factsOf(place.world(), before)).map(({ type }) => type)).toContain("lot_opened");
});

test.each(["killed", "stopped"] as const)("a host %s across the close of a lot", async (how) => {
  const place = await underWay();
  const { passTo: to, instant, away } = place;
  const end = openingMs + durationMs;
  await to(end - 2 * minute);
  await required(place.world().command(bid("9500.00"), ada));
  const before = (await place.world().entries()).length;
  await away(3 * minute, how);
  const moved = end + minute + outageRule.graceMs;
  expect(await factsOf(place.world(), before)).toMatchObject([
    { type: "lot_extended", lotId, endsAt: instant(moved), cause: "outage" },
  ]);
  const { inTime, late } = await aroundInstant(place, moved, [bid("9450.00"), bid("9400.00"), bid("9300.00")]);
  expect(inTime).toEqual(["ok", "ok"]);
  // The close itself is stamped with the end, and stamps increase strictly.
  expect(late).toMatchObject({ ok: false, problem: { code: "auction_closed", lateByMs: 0.001 } });
  const closed = (await factsOf(place.world(), before)).find(({ type }) => type === "lot_closed");
  expect(closed).toMatchObject({ outcome: "sold", leader: { companyId: "ada", price: "9400.00" } });
});

test("a host that is back within what the rule forgives closes the lot at its announced end", async () => {
  const place = await underWay();
  const end = openingMs + durationMs;
  await place.passTo(end - 2_000);
  await required(place.world().command(bid("9500.00"), ada));
  const before = (await place.world().entries()).length;
  await place.away(outageRule.thresholdMs - 1_000, "killed");
  expect(await place.world().command(bid("9400.00"), bob)).toMatchObject({
    ok: false,
    problem: { code: "auction_closed", lateByMs: outageRule.thresholdMs - 3_000 },
  });
  const [closed] = await factsOf(place.world(), before);
  expect(closed).toMatchObject({ type: "lot_closed", leader: { companyId: "ada", price: "9500.00" } });
});
