import type { PriceAnswer } from "@kontor/protocol";

type Step = PriceAnswer["trace"][number];

/** One list that was asked for the price, in the order in which they are asked. */
export type TraceLine = {
  /** Its place on the way, as text. */
  readonly id: string;
  readonly level: Step["level"];
  readonly name: string | null;
  readonly isChosen: boolean;
  /** Why it gave no price; of the chosen one `chosen`. */
  readonly verdict: string;
};

/** The way to a price. Several rows of one list that failed alike are one line. */
export function traceLines(trace: readonly Step[]): readonly TraceLine[] {
  const lines: TraceLine[] = [];
  for (const { level, listName, verdict } of trace) {
    const line = { id: String(lines.length), level, name: listName ?? null, isChosen: verdict === "chosen", verdict };
    const last = lines.at(-1);
    if (last?.level === line.level && last.name === line.name && last.verdict === line.verdict) continue;
    lines.push(line);
  }
  return lines;
}

/** Where the price is from, in one word: the contract, the group, the market or the vendor's list. */
export function sourceLevel(answer: Pick<PriceAnswer, "trace">): Step["level"] | null {
  return answer.trace.find(({ verdict }) => verdict === "chosen")?.level ?? null;
}
