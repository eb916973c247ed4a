import { setTimeout as wait } from "node:timers/promises";
import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import type { CommandOutcome, LiveClient } from "@kontor/sdk";

export type RobotOptions = {
  readonly live: LiveClient;
  readonly lotId: string;
  /** Below this it does not go; like the step in the lot's decimals. */
  readonly floor: string;
  readonly step: string;
  /** Waits between bids, in milliseconds. */
  readonly pauseMs: { readonly min: number; readonly max: number };
  readonly random: () => number;
  /** Ends the robot between two bids. */
  readonly signal: AbortSignal;
};

/** How many steps at once a robot may go down. */
const boldnessMax = 3;

/**
 * What a robot supplier bids now; null while it leads, and once the next price is below its floor.
 * `step` is the lot's, in its decimals.
 */
export function robotPrice(
  lot: Pick<LotView, "priceScale">,
  own: Pick<OwnLotView, "nextPrice" | "standing">,
  limits: Pick<RobotOptions, "floor" | "step" | "random">,
): string | null {
  if (own.standing === "leading" || own.nextPrice === undefined) return null;
  const { priceScale } = lot;
  const next = parseDecimal(own.nextPrice, priceScale);
  const floor = parseDecimal(limits.floor, priceScale);
  const step = parseDecimal(limits.step, priceScale);
  if (typeof next !== "bigint" || typeof floor !== "bigint" || typeof step !== "bigint" || next < floor) return null;
  const bold = next - step * BigInt(Math.floor(limits.random() * (boldnessMax + 1)));
  return formatDecimal(bold < floor ? next : bold, priceScale);
}

/**
 * Bids in one lot over a live connection like any supplier, until the lot is closed. Refusals are part of the game:
 * somebody else was faster.
 *
 * @throws AbortError when the signal ends it
 */
export async function runRobot(options: RobotOptions): Promise<void> {
  const { live, lotId, pauseMs, random, signal } = options;
  const subscription = live.subscribe(`lot:${lotId}`);
  try {
    for await (const { view, own } of subscription) {
      if (view.phase === "open" && own !== undefined) {
        await wait(pauseMs.min + (pauseMs.max - pauseMs.min) * random(), undefined, { signal });
        await bid(options, subscription.state?.view, subscription.state?.own);
      } else if (view.phase !== "planned" && view.phase !== "scheduled" && view.phase !== "paused") {
        return;
      }
    }
  } finally {
    subscription.close();
  }
}

async function bid(
  { live, lotId, ...limits }: RobotOptions,
  lot: LotView | undefined,
  own: OwnLotView | undefined,
): Promise<CommandOutcome | null> {
  if (lot?.phase !== "open" || own === undefined) return null;
  const price = robotPrice(lot, own, limits);
  if (price === null) return null;
  return await live.commands.submitBid({ lotId, price });
}
