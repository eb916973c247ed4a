import type { KontorOptions } from "@kontor/sdk";
import type { RawData } from "ws";
import { WebSocket } from "ws";

type SocketConstructor = NonNullable<KontorOptions["WebSocket"]>;
type SocketLike = InstanceType<SocketConstructor>;
export type Frame = Readonly<Record<string, unknown>>;

/** All that reached one client's machine over its live connections, and the power to disturb them. */
export type Wire = {
  readonly Socket: SocketConstructor;
  /** Texts of all frames since the beginning, over all links. */
  readonly received: readonly string[];
  readonly frames: () => readonly Frame[];
  /** How many links were opened. */
  readonly links: () => number;
  /** The frame that it answers true to is lost, and the link with it. */
  readonly loseAt: (matches: (frame: Frame) => boolean) => void;
  /** Frames it answers true to are lost, and the link stays. */
  readonly dropWhile: (matches: ((frame: Frame) => boolean) | null) => void;
  /** Cuts every open link without a word. */
  readonly cut: () => void;
  /** Cuts every link and lets no other come about until the returned function is called. */
  readonly isolate: () => () => void;
};

/** Sockets that write down what comes in before the client sees it. */
export function createWire(): Wire {
  const received: string[] = [];
  const open = new Set<WebSocket>();
  let links = 0;
  let isolated = false;
  let losing: ((frame: Frame) => boolean) | null = null;
  let dropping: ((frame: Frame) => boolean) | null = null;

  /** Whether the client gets to see it. */
  function passes(text: string, socket: WebSocket): boolean {
    const frame = JSON.parse(text) as Frame;
    if (losing?.(frame) === true) {
      losing = null;
      socket.terminate();
      return false;
    }
    return dropping?.(frame) !== true;
  }

  class RecordedSocket implements SocketLike {
    onopen: SocketLike["onopen"] = null;
    onmessage: SocketLike["onmessage"] = null;
    onclose: SocketLike["onclose"] = null;
    onerror: SocketLike["onerror"] = null;
    readonly #socket: WebSocket;

    constructor(url: string, options?: never) {
      const socket = new WebSocket(url, options);
      this.#socket = socket;
      if (isolated) queueMicrotask(() => socket.terminate());
      else links += 1;
      open.add(socket);
      socket.on("open", () => this.onopen?.({} as never));
      socket.on("message", (data: RawData) => {
        const text = String(data);
        received.push(text);
        if (passes(text, socket)) this.onmessage?.({ data: text } as never);
      });
      socket.on("error", () => this.onerror?.({} as never));
      socket.on("close", (code) => {
        open.delete(socket);
        this.onclose?.({ code } as never);
      });
    }

    send(text: string): void {
      this.#socket.send(text);
    }

    close(code?: number, reason?: string): void {
      this.#socket.close(code, reason);
    }
  }

  const cut = (): void => {
    for (const socket of open) socket.terminate();
  };

  return {
    Socket: RecordedSocket,
    received,
    frames: () => received.map((text) => JSON.parse(text) as Frame),
    links: () => links,
    loseAt: (matches) => {
      losing = matches;
    },
    dropWhile: (matches) => {
      dropping = matches;
    },
    cut,
    isolate: () => {
      isolated = true;
      cut();
      return () => {
        isolated = false;
      };
    },
  };
}
