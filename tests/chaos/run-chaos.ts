import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import type { Field, Wear } from "./field.ts";
import { openField } from "./field.ts";
import type { Target } from "./killer.ts";
import { nextStrike, strike } from "./killer.ts";
import { ServerProcess } from "./server-process.ts";
import type { Verdict } from "./verify.ts";
import { verify } from "./verify.ts";

export type ChaosOptions = {
  readonly kills: number;
  /** Decides who is killed when, and who asks for what. */
  readonly seed: number;
  /** Ends the run early; everything that was started ends with it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

export type Progress = { readonly kills: number; readonly answers: number; readonly elapsedMs: number };

export type ChaosReport = Verdict & {
  readonly kills: Readonly<Record<Target, number>>;
  readonly wear: Wear;
  /** From the signal until everything runs again, in milliseconds. */
  readonly restartsMs: readonly number[];
  /** From the signal until the next definite answer after that. */
  readonly recoveriesMs: readonly number[];
  readonly elapsedMs: number;
};

/** Between two kills at most, counted in definite answers. */
const answersMax = 400;
const askAgain = 300;

/** Small windows, so that a run of minutes meets snapshots and keys that were put away, under kills as all else. */
const host = { keyWindowMax: 500, snapshotEveryCommands: 1_000, snapshotCharsPerCommand: 1_000_000 };

/**
 * Bids and trades on a real installation while its processes are killed and brought back, then compares what every client was
 * told with the journal.
 *
 * @throws Error when the installation does not come back, or answers nobody any more; the signal's reason
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const startedAt = performance.now();
  const random = createRandom(options.seed);
  const server = await ServerProcess.create({ host, spare: true });
  const lost = new AbortController();
  server.onLost((error) => lost.abort(error));
  const signal = AbortSignal.any([lost.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    const field = await Promise.race([openField(server, random), aborted(signal)]);
    try {
      const trading = field.run();
      trading.catch((error: unknown) => lost.abort(error));
      const killed = await killAll(server, field, { ...options, random, signal, startedAt });
      field.end();
      await Promise.race([trading, aborted(signal)]);
      const { crowd, floor, watcher, wear } = field;
      const verdict = await verify({ server, random, crowd, floor, watcher, askAgain });
      return { ...verdict, ...killed, wear, elapsedMs: performance.now() - startedAt };
    } finally {
      field.close();
    }
  } catch (error) {
    console.error(await server.lastWords());
    throw error;
  } finally {
    await server.remove();
  }
}

type Killing = ChaosOptions & { readonly random: Random; readonly startedAt: number; readonly signal: AbortSignal };

async function killAll(server: ServerProcess, field: Field, killing: Killing) {
  const { random, startedAt, onProgress, signal } = killing;
  const kills: Record<Target, number> = { server: 0, postgres: 0, both: 0 };
  const restartsMs: number[] = [];
  const recoveriesMs: number[] = [];
  for (let done = 0; done < killing.kills; done++) {
    const { target, afterAnswers } = nextStrike(random, answersMax);
    await field.answers(afterAnswers, signal);
    const struckAt = performance.now();
    await strike(server, target);
    kills[target] += 1;
    restartsMs.push(performance.now() - struckAt);
    const recovered = (): void => void recoveriesMs.push(performance.now() - struckAt);
    field.answers(1, signal).then(recovered, () => {});
    const answers = field.answersSoFar();
    onProgress?.({ kills: done + 1, answers, elapsedMs: performance.now() - startedAt });
  }
  // What comes back last is used like everything before.
  await field.answers(answersMax, signal);
  return { kills, restartsMs, recoveriesMs };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (signal.aborted) reject(signal.reason);
  });
}
