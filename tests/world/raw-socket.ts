import type { RawData } from "ws";
import { WebSocket } from "ws";
import type { Frame } from "./recorded-socket.ts";

export type Closing = { readonly code: number; readonly reason: string };
export type Reply = { readonly text: string; readonly frame: Frame };

const patienceMs = 15_000;

/** A live connection without a client: every frame goes out and comes in as it is. */
export type RawSocket = {
  readonly received: readonly string[];
  readonly frames: () => readonly Frame[];
  readonly send: (data: string | Buffer, options?: { binary?: boolean; fin?: boolean }) => void;
  /** Sends a request and waits for the reply to its id. */
  readonly ask: (message: Frame & { readonly id: string }) => Promise<Reply>;
  /** The first frame, past ones included, that fits. */
  readonly next: (matches: (frame: Frame) => boolean, from?: number) => Promise<Reply>;
  readonly closing: Promise<Closing>;
  readonly terminate: () => void;
};

/** @throws Error with the status in its message when the handshake is refused */
export async function openRawSocket(
  baseUrl: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly query?: string } = {},
): Promise<RawSocket> {
  const url = `${baseUrl.replace("http", "ws")}/v1/live${options.query ?? ""}`;
  const socket = new WebSocket(url, { headers: { ...options.headers } });
  const received: string[] = [];
  const watchers = new Set<(text: string) => void>();
  socket.on("message", (data: RawData) => {
    const text = String(data);
    received.push(text);
    for (const watcher of [...watchers]) watcher(text);
  });
  const closing = new Promise<Closing>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("open", () => resolve());
    socket.on("error", reject);
  });

  function next(matches: (frame: Frame) => boolean, from = 0): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => settle(() => reject(new Error("the frame did not come"))), patienceMs);
      const settle = (action: () => void): void => {
        clearTimeout(late);
        watchers.delete(look);
        action();
      };
      const look = (text: string): void => {
        const frame = JSON.parse(text) as Frame;
        if (matches(frame)) settle(() => resolve({ text, frame }));
      };
      watchers.add(look);
      void closing.then(({ code }) => settle(() => reject(new Error(`closed with ${code}`))));
      for (const text of received.slice(from)) look(text);
    });
  }

  return {
    received,
    frames: () => received.map((text) => JSON.parse(text) as Frame),
    send: (data, how = {}) => socket.send(data, how),
    ask: (message) => {
      const from = received.length;
      socket.send(JSON.stringify(message));
      return next((frame) => frame["re"] === message.id, from);
    },
    next,
    closing,
    terminate: () => socket.terminate(),
  };
}
