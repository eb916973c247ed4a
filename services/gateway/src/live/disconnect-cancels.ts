import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { CommandAnswer } from "@kontor/bus";
import type { Actor } from "@kontor/kernel";

import type { CommandDesk } from "../trading/command-desk.ts";

/** Orders of one session in one book that are not to outlive their connection. */
export type ExpectedCancel = { readonly instrumentId: string; readonly session: number; readonly actor: Actor };

const attemptsMax = 10;
const retryMs = { first: 100, max: 5_000 };

type Parts = {
  readonly desk: CommandDesk;
  /** Told when the orders could not be cancelled. */
  readonly failed: (error: unknown) => void;
};

/** What has to be cancelled when a connection ends, however it ends. */
export class DisconnectCancels {
  readonly #parts: Parts;
  readonly #expected = new Map<string, ExpectedCancel>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  expect(cancel: ExpectedCancel): void {
    const { instrumentId, session, actor } = cancel;
    this.#expected.set(`${instrumentId} ${session} ${actor.companyId}`, cancel);
  }

  /** The connection is gone: each is cancelled under one key, asked again until there is an answer. */
  run(): void {
    for (const cancel of this.#expected.values()) void this.#cancel(cancel);
    this.#expected.clear();
  }

  async #cancel({ instrumentId, session, actor }: ExpectedCancel): Promise<void> {
    const command = { type: "cancel_orders", instrumentId, session, onDisconnect: true };
    const key = randomUUID();
    let last: unknown;
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      if (attempt > 0) await pause(Math.min(retryMs.max, retryMs.first * 2 ** attempt), undefined, { ref: false });
      try {
        const answer = await this.#parts.desk.send({ key, command, actor });
        if (answer.ok || !isUndecided(answer)) return;
        last = answer.problem;
      } catch (error) {
        last = error;
      }
    }
    this.#parts.failed(last);
  }
}

function isUndecided({ problem }: Extract<CommandAnswer, { ok: false }>): boolean {
  return problem.status >= 500;
}
