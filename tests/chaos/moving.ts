import type { AllocationRecord, Problem } from "@kontor/protocol";
import { newId, ProblemError } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";
import { until } from "../world/until.ts";
import type { Clerk } from "./clerk.ts";
import type { Assets } from "./instruments.ts";

/** One movement between a company's books and an instrument, and what its company was told in the end. */
export type Movement = {
  readonly companyId: string;
  readonly allocationId: string;
  readonly instrumentId: string;
  outcome: "done" | "refused" | null;
  /** Why it was refused. */
  problem: Problem | null;
};

export type MovingOptions = {
  readonly companyId: string;
  readonly clerk: Clerk;
  readonly instrumentId: string;
  readonly assets: Assets;
  readonly random: Random;
  readonly isOver: () => boolean;
};

const moneyMax = 50_000;
const goodsMax = 300;
const settledWithinMs = 240_000;

/** Puts money and receipts in and takes some out, one movement after the other, each asked about until it is decided. */
export async function move(options: MovingOptions, list: Movement[]): Promise<void> {
  const { random, isOver } = options;
  while (!isOver()) {
    const inwards = random.below(2) === 0;
    const amounts = { money: 1 + random.below(moneyMax), goods: random.below(goodsMax) };
    await allocate(options, { direction: inwards ? "in" : "out", ...amounts }, list);
  }
}

export type Amounts = { readonly direction: "in" | "out"; readonly money: number; readonly goods: number };

export async function allocate(
  { companyId, clerk, instrumentId, assets }: Omit<MovingOptions, "random" | "isOver">,
  { direction, money, goods }: Amounts,
  list: Movement[],
): Promise<void> {
  const allocationId = newId();
  const movement: Movement = { companyId, allocationId, instrumentId, outcome: null, problem: null };
  list.push(movement);
  const receipts = goods === 0 ? [] : [{ assetId: assets.goods, quantity: String(goods) }];
  const input = { allocationId, direction, money: `${money}.00`, receipts };
  const ask = async (): Promise<Movement["outcome"]> => {
    try {
      const { state } = await clerk.post<AllocationRecord>(`/v1/instruments/${instrumentId}/allocations`, input);
      return state === "done" || state === "refused" ? state : null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      movement.problem = error.problem;
      return "refused";
    }
  };
  movement.outcome = await until(`allocation ${allocationId} is decided`, ask, settledWithinMs);
}
