// The peer of a book that many watch: a bare websocket server that sends everybody a frame of the given size at a steady
// pace and does nothing else: nothing changes, nobody is asked who he is.
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { stampOf } from "./wall-stamp.ts";

export type BareFanoutOrder = { readonly bytesPerFrame: number; readonly everyMs: number };
export type BareFanoutCpu = { readonly seconds: number };

function serve({ bytesPerFrame, everyMs }: BareFanoutOrder): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4_096 });
  const watchers = new Set<WebSocket>();
  let seq = 0;

  function tell(): void {
    seq += 1;
    const at = stampOf(performance.now());
    const head = `{"stream":"book","epoch":"1","seq":${seq},"prev":${seq - 1},"event":{"type":"changed","at":"${at}"`;
    const blanks = Math.max(0, Math.round(bytesPerFrame) - head.length - ',"pad":""}}'.length);
    const frame = `${head},"pad":"${"x".repeat(blanks)}"}}`;
    for (const watcher of watchers) watcher.send(frame);
  }

  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const { id } = JSON.parse(String(data)) as { readonly id: string };
      watchers.add(socket);
      socket.on("close", () => watchers.delete(socket));
      socket.send(`{"re":"${id}","ok":true}`);
      socket.send(`{"stream":"book","epoch":"1","seq":${seq},"snapshot":{}}`);
    });
  });
  server.on("listening", () => {
    setInterval(tell, everyMs);
    process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` });
  });
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ seconds: (user + system) / 1e6 } satisfies BareFanoutCpu);
  });
  process.once("disconnect", () => process.exit(0));
}

process.once("message", serve);
