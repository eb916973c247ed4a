import { createInterface } from "node:readline";
import type { ReadStream, WriteStream } from "node:tty";
import type { CommandOutcome, LiveClient } from "@kontor/sdk";
import { eventLine, grouped, timeOfDay } from "../lot/lines.ts";
import { orderOutcomeWords, typedOrder } from "./order-words.ts";
import { renderBook } from "./render-book.ts";
import { runTypedScreen } from "./typed-screen.ts";

type Watched = { readonly live: LiveClient; readonly instrumentId: string };

const firstStateMs = 15_000;

/** Draws one market until the person leaves. @throws ProblemError when there is no such instrument for this login */
export async function watchBookOnScreen(
  { live, instrumentId }: Watched,
  { input, output }: { readonly input: ReadStream; readonly output: WriteStream },
): Promise<void> {
  let end: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    end = resolve;
  });
  const status = live.subscribe(`status:${instrumentId}`, { onEnd: ({ detail, title }) => end(detail ?? title) });
  const first = await status.until(() => true, { timeoutMs: firstStateMs });
  const quote = live.subscribe(`quote:${instrumentId}`);
  const book = live.subscribe(`book-10:${instrumentId}`);
  const trades = live.subscribe(`trades:${instrumentId}`);
  const auction = live.subscribe(`auction:${instrumentId}`);
  const account = live.subscribe(`account:${instrumentId}`);
  const screen = {
    input,
    output,
    accepts: /[bsc\d. ]/,
    draw: ({ typed, message, width }: { typed: string; message: string; width: number }) =>
      renderBook({
        status: (status.state ?? first).view,
        quote: quote.state?.view,
        book: book.state?.view,
        trades: trades.state?.view,
        auction: auction.state?.view,
        own: account.state?.own,
        serverNowMs: live.serverNow(),
        typed,
        message: live.state === "open" ? message : "Connection lost; coming back ...",
        width,
      }),
    enter: (line: string) => sent({ live, instrumentId }, line),
    busy: (line: string) => `Sending ${line} ...`,
  };
  await runTypedScreen(screen, over);
  for (const subscription of [status, quote, book, trades, auction, account]) subscription.close();
}

/** One line per trade and change of phase; lines that come in are orders. @throws ProblemError */
export async function watchBookInLines({ live, instrumentId }: Watched, say: (line: string) => void): Promise<void> {
  const typed = createInterface({ input: process.stdin });
  typed.on("line", (line) => {
    if (line.trim() !== "") void sent({ live, instrumentId }, line).then(say);
  });
  const status = live.subscribe(`status:${instrumentId}`);
  const first = await status.until(() => true, { timeoutMs: firstStateMs });
  say(`${first.view.title} (${instrumentId}), ${first.view.phase.replaceAll("_", " ")}`);
  const now = (): string => timeOfDay(live.serverNow());
  let phase = first.view.phase;
  status.listen({
    onChange: (view) => {
      if (view.phase !== phase) say(eventLine(now(), "phase", [view.phase.replaceAll("_", " "), 0]));
      phase = view.phase;
    },
  });
  let known = new Set<string>();
  const trades = live.subscribe(`trades:${instrumentId}`);
  try {
    for await (const { view } of trades) {
      const fresh = Object.entries(view.trades).filter(([name]) => !known.has(name));
      fresh.sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
      for (const [, { at, price, quantity, takerSide }] of known.size === 0 ? fresh.slice(-3) : fresh) {
        const columns = [[grouped(price), -12] as const, [grouped(quantity), -12] as const];
        say(eventLine(timeOfDay(Date.parse(at)), "trade", ...columns, [takerSide ?? "auction", 0]));
      }
      known = new Set(Object.keys(view.trades));
    }
  } finally {
    status.close();
    trades.close();
    typed.close();
  }
}

async function sent({ live, instrumentId }: Watched, line: string): Promise<string> {
  const order = typedOrder(line);
  if (order.kind === "unreadable") return "This is no order: b 100 212.50, s 100, or c.";
  return orderOutcomeWords(await send({ live, instrumentId }, order));
}

function send(
  { live, instrumentId }: Watched,
  order: Exclude<ReturnType<typeof typedOrder>, { kind: "unreadable" }>,
): Promise<CommandOutcome> {
  if (order.kind === "cancel") return live.commands.cancelOrders({ instrumentId });
  const { side, quantity, price } = order;
  return price === undefined
    ? live.commands.submitOrder({ instrumentId, side, quantity, kind: "market", tif: "ioc" })
    : live.commands.submitOrder({ instrumentId, side, quantity, price });
}
