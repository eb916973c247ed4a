// The peer of live connections: a bare websocket server that answers each bid and tells all watchers, with messages of
// the given sizes, and does nothing else: nobody is asked who he is, nothing is decided, nothing is kept.
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

export type BareLiveOrder = { readonly bytesPerAnswer: number; readonly bytesPerFrame: number };

/** Whether one message tells the watchers of all bids that came in one turn, instead of one message each. */
export type BareLiveManner = { readonly gathers: boolean };

function serve({ bytesPerAnswer, bytesPerFrame }: BareLiveOrder): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4_096 });
  const watchers = new Set<WebSocket>();
  let [seq, bids, gathers, scheduled] = [0, 0, false, false];

  function subscribe(socket: WebSocket, id: string): void {
    watchers.add(socket);
    socket.on("close", () => watchers.delete(socket));
    socket.send(`{"re":"${id}","ok":true}`);
    socket.send(`{"stream":"lot","epoch":"1","seq":${seq},"snapshot":{}}`);
  }

  function bid(socket: WebSocket, id: string): void {
    bids += 1;
    const at = stamp();
    socket.send(padded(`{"re":"${id}","ok":true,"epoch":1,"seq":${bids},"at":"${at}"`, bytesPerAnswer, "}"));
    if (!gathers) return tell(at);
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      tell(stamp());
    });
  }

  function tell(at: string): void {
    seq += 1;
    const head = `{"stream":"lot","epoch":"1","seq":${seq},"prev":${seq - 1},"event":{"type":"changed","at":"${at}"`;
    const frame = padded(head, bytesPerFrame, "}}");
    for (const watcher of watchers) watcher.send(frame);
  }

  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const { id, op } = JSON.parse(String(data)) as { readonly id: string; readonly op: string };
      if (op === "subscribe") subscribe(socket, id);
      else if (op === "command") bid(socket, id);
      else socket.send(`{"re":"${id}","ok":true}`);
    });
  });
  server.on("listening", () => process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` }));
  process.on("message", (manner: BareLiveManner) => {
    gathers = manner.gathers;
  });
  process.once("disconnect", () => process.exit(0));
}

/** Microseconds that only go up. */
let lastMicros = 0;

function stamp(): string {
  lastMicros = Math.max(lastMicros + 1, Math.floor((performance.timeOrigin + performance.now()) * 1_000));
  const seconds = new Date(lastMicros / 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, "0")}Z`;
}

function padded(head: string, bytes: number, tail: string): string {
  const blanks = Math.max(0, Math.round(bytes) - head.length - tail.length - ',"pad":""'.length);
  return `${head},"pad":"${"x".repeat(blanks)}"${tail}`;
}

process.once("message", serve);
