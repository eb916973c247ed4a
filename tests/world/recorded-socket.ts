import type { KontorOptions } from "@kontor/sdk";
import type { RawData } from "ws";
import { WebSocket } from "ws";

type SocketConstructor = NonNullable<KontorOptions["WebSocket"]>;
type SocketLike = InstanceType<SocketConstructor>;
export type Frame = Readonly<Record<string, unknown>>;

export type Fate = "passes" | "lost" | "twice" | "late";

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
  /** What becomes of each frame of a stream: `late` ones come after the one that follows; null: nothing but what is. */
  readonly disturb: (fate: ((frame: Frame) => Fate) | null) => void;
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
  let fateOf: ((frame: Frame) => Fate) | null = null;

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

  /** The texts that the client gets now, in their order; `held` is one that is late. */
  function disturbed(text: string, held: string[]): readonly string[] {
    const waiting = held.splice(0);
    const frame = JSON.parse(text) as Frame;
    const fate = fateOf === null || frame["stream"] === undefined ? "passes" : fateOf(frame);
    if (fate === "late" && waiting.length === 0) held.push(text);
    const now = { passes: [text], twice: [text, text], lost: [], late: held.length > 0 ? [] : [text] }[fate];
    return [...now, ...waiting];
  }

  class RecordedSocket implements SocketLike {
    onopen: SocketLike["onopen"] = null;
    onmessage: SocketLike["onmessage"] = null;
    onclose: SocketLike["onclose"] = null;
    onerror: SocketLike["onerror"] = null;
    readonly #socket: WebSocket;
    readonly #held: string[] = [];

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
        if (!passes(text, socket)) return;
        for (const one of disturbed(text, this.#held)) this.onmessage?.({ data: one } as never);
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
    disturb: (fate) => {
      fateOf = fate;
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
