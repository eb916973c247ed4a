import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import type { OnFrame } from "./websocket-frames.ts";
import { FrameReader, maskedFrameOf, opcodes, pongOf } from "./websocket-frames.ts";

const headEnd = "\r\n\r\n";

/** Where to connect, and as whom. */
export type Door = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Told when the connection ends before `close`. */
  readonly onLost: (error: Error) => void;
};

/** A live connection that does no more than a load generator needs, so that thousands of them fit into one process. */
export class RawSocket {
  readonly close: () => void;
  readonly #line: Socket;
  #onFrame: OnFrame = () => {};

  private constructor(line: Socket, onLost: Door["onLost"]) {
    this.#line = line;
    let closing = false;
    line.on("error", (error) => {
      if (!closing) onLost(error);
    });
    line.on("end", () => onLost(new Error("the server ended a live connection")));
    this.close = () => {
      closing = true;
      line.destroy();
    };
  }

  /** @throws Error when the server does not switch to websockets */
  static async open({ url, headers, onLost }: Door): Promise<RawSocket> {
    const { hostname, port, pathname } = new URL(url);
    const line = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(line, "connect");
    const socket = new RawSocket(line, onLost);
    const lines = {
      host: `${hostname}:${port}`,
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    line.write(`GET ${pathname} HTTP/1.1\r\n${head.join("")}\r\n`);
    await socket.#upgraded();
    return socket;
  }

  onText(listener: (chunk: Buffer, place: { readonly start: number; readonly end: number }) => void): void {
    this.#onFrame = (opcode, chunk, place) => {
      if (opcode === opcodes.text) listener(chunk, place);
      else if (opcode === opcodes.ping) this.#line.write(pongOf(chunk.subarray(place.start, place.end)));
      else if (opcode === opcodes.close) this.#line.destroy(closedBecause(chunk.subarray(place.start, place.end)));
    };
  }

  send(text: string): void {
    this.#line.write(maskedFrameOf(text));
  }

  async #upgraded(): Promise<void> {
    let head = Buffer.alloc(0);
    for (;;) {
      const [chunk] = (await once(this.#line, "data")) as [Buffer];
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(headEnd);
      if (end < 0) continue;
      const status = head.subarray(0, 12).toString("latin1");
      if (status !== "HTTP/1.1 101") throw new Error(`no live connection: ${head.toString("utf8").slice(0, 500)}`);
      const reader = new FrameReader((opcode, bytes, place) => this.#onFrame(opcode, bytes, place));
      this.#line.on("data", (bytes: Buffer) => reader.take(bytes));
      reader.take(head.subarray(end + headEnd.length));
      return;
    }
  }
}

/** Code and reason as the server gives them. */
function closedBecause(content: Buffer): Error {
  const code = content.length < 2 ? "" : ` ${content.readUInt16BE(0)} ${content.toString("utf8", 2)}`;
  return new Error(`the server closed a live connection:${code}`);
}

/** Opens many, a few at a time: the queue of a listening port is short. */
export async function openMany(doors: readonly Door[], open: (door: Door) => Promise<void>): Promise<void> {
  const atOnce = 50;
  for (let start = 0; start < doors.length; start += atOnce) {
    await Promise.all(doors.slice(start, start + atOnce).map(open));
  }
}
