import { setImmediate } from "node:timers/promises";

/**
 * Statements of one transaction that go out one behind the other without waiting for answers: each is written down while
 * the ones before it are carried out. The server takes them in this order, and whatever else is sent on the same
 * transaction between them.
 */
export class Pipeline {
  readonly #sent: Promise<unknown>[] = [];

  /** Gone out by then; what is wrong with it is told by `settled`. */
  async send(statement: () => Promise<unknown>): Promise<void> {
    const answer = statement();
    answer.catch(() => {}); // Heard in `settled`; a database that goes away now must find somebody who listens.
    this.#sent.push(answer);
    await setImmediate();
  }

  /** All are carried out. @throws what the first of them failed with, which those behind it then failed for too */
  async settled(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#sent.splice(0));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }

  /** What `statements` send, carried out. The failure of a statement comes before what it made fail later on. */
  static async of(statements: (pipeline: Pipeline) => Promise<void>): Promise<void> {
    const pipeline = new Pipeline();
    try {
      await statements(pipeline);
    } finally {
      await pipeline.settled();
    }
  }
}
