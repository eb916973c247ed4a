import type { ReadStream, WriteStream } from "node:tty";
import type { LiveClient } from "@kontor/sdk";
import { wordsOf } from "./bid-words.ts";
import { renderLot } from "./render-lot.ts";

export type ScreenOptions = {
  readonly live: LiveClient;
  readonly lotId: string;
  readonly input: ReadStream;
  readonly output: WriteStream;
};

/** The clock on the screen moves this often. */
const redrawMs = 250;
const typedMax = 24;
/** For a terminal that does not tell its width. */
const usualWidth = 80;
const clear = "\u001b[2J\u001b[H";
const home = "\u001b[H";
const restOfLine = "\u001b[K";
const restOfScreen = "\u001b[J";
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const enter = ["\r", "\n"];
const erase = ["\u007f", "\b"];
const interrupt = ["\u0003", "\u0004"];

/**
 * Draws one lot until the person leaves; what he types is a price to bid.
 *
 * @throws ProblemError when there is no such lot for this login
 */
export async function watchOnScreen({ live, lotId, input, output }: ScreenOptions): Promise<void> {
  const stream = `lot:${lotId}` as const;
  let left: (reason: string) => void = () => {};
  const leave = (reason: string): void => left(reason);
  const subscription = live.subscribe(stream, { onEnd: (problem) => leave(problem.detail ?? problem.title) });
  const first = await subscription.until(() => true, { timeoutMs: 15_000 });
  let typed = "";
  let message = "";

  function draw(): void {
    const { view, own } = subscription.state ?? first;
    const width = output.columns || usualWidth;
    const connected = live.state === "open" ? message : "Connection lost; coming back ...";
    const lines = renderLot({ view, own, serverNowMs: live.serverNow(), typed, message: connected, width });
    output.write(home + lines.map((line) => line + restOfLine).join("\r\n") + restOfScreen);
  }

  async function bid(price: string): Promise<void> {
    message = `Bidding ${price} ...`;
    message = wordsOf(await live.commands.submitBid({ lotId, price }), price);
    draw();
  }

  function key(text: string): void {
    for (const character of text) {
      if (interrupt.includes(character)) return leave("");
      if (enter.includes(character) && typed !== "") {
        void bid(typed);
        typed = "";
      } else if (erase.includes(character)) typed = typed.slice(0, -1);
      else if (/[\d.]/.test(character) && typed.length < typedMax) typed += character;
    }
    draw();
  }

  input.setRawMode(true);
  input.setEncoding("utf8");
  input.on("data", key);
  output.write(clear + hideCursor);
  const timer = setInterval(draw, redrawMs);
  draw();
  const reason = await new Promise<string>((resolve) => {
    left = resolve;
  });
  clearInterval(timer);
  subscription.close();
  input.off("data", key);
  input.setRawMode(false);
  input.pause();
  output.write(`${showCursor}\r\n${reason === "" ? "" : `${reason}\r\n`}`);
}
