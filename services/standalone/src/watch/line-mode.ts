import { createInterface } from "node:readline";
import type { LotView, Problem } from "@kontor/protocol";
import type { LiveClient } from "@kontor/sdk";
import { ProblemError } from "@kontor/sdk";
import { newsLine } from "../demo/show-lines.ts";
import { lotNews } from "../lot/lot-news.ts";
import { wordsOf } from "./bid-words.ts";

export type WatchOptions = { readonly live: LiveClient; readonly lotId: string; readonly say: (line: string) => void };

/**
 * One line per event until the lot has its result; lines that come in are prices to bid.
 *
 * @throws ProblemError when there is no such lot for this login, or no longer
 */
export async function watchInLines({ live, lotId, say }: WatchOptions): Promise<void> {
  const stream = `lot:${lotId}` as const;
  const typed = createInterface({ input: process.stdin });
  typed.on("line", (line) => {
    const price = line.trim();
    if (price !== "") void live.commands.submitBid({ lotId, price }).then((outcome) => say(wordsOf(outcome, price)));
  });
  let known: LotView | null = null;
  let ended: Problem | null = null;
  const onEnd = (problem: Problem): void => {
    ended = problem;
  };
  const subscription = live.subscribe(stream, { onEnd });
  try {
    for await (const { view, own } of subscription) {
      const nameOf = (alias: string): string => (alias === own?.alias ? "you" : alias);
      if (known === null) say(`${view.title} (${lotId}), ${view.phase}`);
      for (const news of lotNews(known, view)) say(newsLine(news, { view, nameOf, nowMs: live.serverNow() }));
      known = view;
      if (view.result !== undefined) return;
    }
    if (ended !== null) throw new ProblemError(ended);
  } finally {
    subscription.close();
    typed.close();
  }
}
