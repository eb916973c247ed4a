import { createInterface } from "node:readline";
import type { LotView } from "@kontor/protocol";
import type { LiveClient } from "@kontor/sdk";
import { newsLine } from "../demo/show-lines.ts";
import { lotNews } from "../lot/lot-news.ts";
import { wordsOf } from "./bid-words.ts";

export type WatchOptions = { readonly live: LiveClient; readonly lotId: string; readonly say: (line: string) => void };

/** One line per event until the lot has its result; lines that come in are prices to bid. */
export async function watchInLines({ live, lotId, say }: WatchOptions): Promise<void> {
  const stream = `lot:${lotId}` as const;
  const typed = createInterface({ input: process.stdin });
  typed.on("line", (line) => {
    const price = line.trim();
    if (price !== "") void live.commands.submitBid({ lotId, price }).then((outcome) => say(wordsOf(outcome, price)));
  });
  let known: LotView | null = null;
  const subscription = live.subscribe(stream);
  try {
    for await (const { view, own } of subscription) {
      const nameOf = (alias: string): string => (alias === own?.alias ? "you" : alias);
      if (known === null) say(`${view.title} (${lotId}), ${view.phase}`);
      for (const news of lotNews(known, view)) say(newsLine(news, { view, nameOf, nowMs: live.serverNow() }));
      known = view;
      if (view.result !== undefined) return;
    }
  } finally {
    subscription.close();
    typed.close();
  }
}
