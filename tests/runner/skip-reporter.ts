import { writeFileSync } from "node:fs";
import type { Reporter, TestModule, Vitest } from "vitest/node";

/** How many tests were skipped for which reason; those that gave none are not in it. */
export type SkipReport = Readonly<Record<string, number>>;

/** Writes a `SkipReport` to `--outputFile.skips`, because the JSON report of vitest leaves the reasons out. */
export default class SkipReporter implements Reporter {
  #file: string | undefined;

  onInit({ config }: Vitest): void {
    const { outputFile } = config;
    this.#file = typeof outputFile === "object" ? (outputFile as Record<string, string>)["skips"] : undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const report: Record<string, number> = {};
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = result.state === "skipped" ? result.note : undefined;
        if (reason !== undefined) report[reason] = (report[reason] ?? 0) + 1;
      }
    }
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(report));
  }
}
