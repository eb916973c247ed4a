import { setTimeout as wait } from "node:timers/promises";
import { partIdOf } from "@kontor/kernel";
import type { LotPhase, PersonCommandInput } from "@kontor/protocol";
import { requireReceipt, requireValue } from "@kontor/sdk";
import type { Cast } from "./cast.ts";
import { demoId } from "./demo-id.ts";

const lookEveryMs = 200;
const waitMaxMs = 60_000;

/**
 * Plays the script of one tender. Each step has its own key, made from the tender and the step's number: played again
 * after a start that was cut off, the steps that were done answer as they did, and the others follow.
 */
export class Stage {
  readonly tenderId: string;
  readonly cast: Cast;
  readonly #name: string;
  readonly #signal: AbortSignal;
  #step = 0;

  constructor(cast: Cast, name: string, signal: AbortSignal) {
    this.cast = cast;
    this.#name = name;
    this.#signal = signal;
    this.tenderId = demoId(cast.marketplaceId, name);
  }

  lotId(number: number): string {
    return partIdOf(this.tenderId, number);
  }

  /** Sends a command as a company. @throws ProblemError when it is refused */
  async act(company: string, command: PersonCommandInput): Promise<void> {
    this.#signal.throwIfAborted();
    this.#step += 1;
    const key = `${this.#name}-step-${this.#step}`;
    requireReceipt(await this.cast.player(company).client.command(command, { key }));
  }

  /** Leaves out a step that was done before, so that the following ones keep their keys. */
  skip(): void {
    this.#step += 1;
  }

  /** Waits until the first lot has come to a phase, as the company sees it. */
  async lotReaches(company: string, ...phases: readonly LotPhase[]): Promise<void> {
    const { client } = this.cast.player(company);
    for (let waited = 0; waited < waitMaxMs; waited += lookEveryMs) {
      const { view } = requireValue(await client.lots.get(this.lotId(1)));
      if (phases.includes(view.phase)) return;
      await wait(lookEveryMs, undefined, { signal: this.#signal });
    }
    throw new Error(`${this.#name}: the lot does not come to ${phases.join(" or ")}`);
  }
}
