import type { Random } from "@kontor/testkit";
import type { ServerProcess } from "./server-process.ts";

export type Target = "server" | "postgres" | "both";

/** When to strike, and whom. */
export type Strike = {
  readonly target: Target;
  /** After so many acknowledgements since everything ran again; 0 is at once, while all rush in. */
  readonly afterAnswers: number;
};

/** So often each is struck, of a hundred. */
const shares: readonly (readonly [Target, number])[] = [
  ["server", 60],
  ["postgres", 25],
  ["both", 15],
];

export function nextStrike(random: Random, answersMax: number): Strike {
  const draw = random.below(100);
  let sum = 0;
  const [target] = shares.find(([, share]) => {
    sum += share;
    return draw < sum;
  }) ?? ["server"];
  // Small numbers hit the moment of coming back, large ones the steady state; both must be met often.
  const afterAnswers = Math.floor(random.next() ** 2 * answersMax);
  return { target, afterAnswers };
}

/** Kills and brings back. The signals leave before this returns its promise. */
export async function strike(server: ServerProcess, target: Target): Promise<void> {
  if (target !== "server" && !server.killPostgres()) throw new Error("there is no Postgres to kill");
  if (target === "postgres") return await server.postgresRestarted();
  await server.kill();
  await server.start();
}
