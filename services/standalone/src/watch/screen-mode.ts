import type { ReadStream, WriteStream } from "node:tty";
import type { LiveClient } from "@kontor/sdk";
import { wordsOf } from "./bid-words.ts";
import { renderLot } from "./render-lot.ts";
import { runTypedScreen } from "./typed-screen.ts";

export type ScreenOptions = {
  readonly live: LiveClient;
  readonly lotId: string;
  readonly input: ReadStream;
  readonly output: WriteStream;
};

const firstStateMs = 15_000;

/**
 * Draws one lot until the person leaves; what he types is a price to bid.
 *
 * @throws ProblemError when there is no such lot for this login
 */
export async function watchOnScreen({ live, lotId, input, output }: ScreenOptions): Promise<void> {
  let end: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    end = resolve;
  });
  const subscription = live.subscribe(`lot:${lotId}`, { onEnd: (problem) => end(problem.detail ?? problem.title) });
  const first = await subscription.until(() => true, { timeoutMs: firstStateMs });
  const screen = {
    input,
    output,
    accepts: /[\d.]/,
    draw: ({ typed, message, width }: { typed: string; message: string; width: number }) => {
      const { view, own } = subscription.state ?? first;
      const told = live.state === "open" ? message : "Connection lost; coming back ...";
      return renderLot({ view, own, serverNowMs: live.serverNow(), typed, message: told, width });
    },
    enter: async (price: string) => wordsOf(await live.commands.submitBid({ lotId, price }), price),
    busy: (price: string) => `Bidding ${price} ...`,
  };
  await runTypedScreen(screen, over);
  subscription.close();
}
