import { OrderBook, Side } from "nodejs-order-book";
import type { OrderFlow } from "./order-flow.ts";

/** The flow's ids as the peer takes them, made before the clock runs. */
export function peerIds({ maxId }: OrderFlow): readonly string[] {
  return Array.from({ length: maxId + 1 }, (_, id) => String(id));
}

/** The flow's first commands through the npm package nodejs-order-book. */
export function runPeer(flow: OrderFlow, ids: readonly string[], count: number): void {
  const { op, side, ioc, id, newId, price, quantity } = flow;
  const book = new OrderBook();
  type Terms = Parameters<typeof book.limit>[0];
  const enter = (at: number, name: string, own: Side) =>
    book.limit({
      id: name,
      side: own,
      size: quantity[at] as number,
      price: price[at] as number,
      // Its own names of these are not among its exports.
      timeInForce: (ioc[at] === 1 ? "IOC" : "GTC") as NonNullable<Terms["timeInForce"]>,
    });
  for (let at = 0; at < count; at++) {
    const name = ids[id[at] as number] as string;
    const own = side[at] === 0 ? Side.BUY : Side.SELL;
    if (op[at] === 1) enter(at, name, own);
    else if (book.cancel(name) !== undefined && op[at] === 3) enter(at, ids[newId[at] as number] as string, own);
  }
}
