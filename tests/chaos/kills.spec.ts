import { expect, test } from "vitest";
import { holds, linesOf } from "./report.ts";
import { runChaos } from "./run-chaos.ts";

const kills = 20;

test("answers outlive kills of the server and of Postgres", async ({ signal }) => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const again = `pnpm chaos --kills ${kills} --seed ${seed}`;
  const report = await runChaos({ kills, seed, signal });
  const lines = [again, ...linesOf(report)].join("\n");
  console.log(lines);
  expect(holds(report), lines).toBe(true);
  expect(report.bids.accepted, lines).toBeGreaterThan(report.bids.answered * 0.9);
  expect(report.traded.trades, lines).toBeGreaterThan(0);
});
