import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";

/** Where this process spends its time, between two moments; readable by the usual viewers of CPU profiles. */
export class Profiler {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.start");
  }

  async stop(path: string): Promise<void> {
    const { profile } = await this.#session.post("Profiler.stop");
    this.#session.disconnect();
    await writeFile(path, JSON.stringify(profile));
  }
}
