import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";

const headEnd = Buffer.from("\r\n\r\n");
const lengthMark = "content-length: ";

export type HttpReply = { readonly status: number; readonly body: string };

/** One connection that is kept alive, with one request on it at a time: little more than the bytes. */
export class HttpLane {
  readonly #line: Socket;
  readonly #host: string;
  #received: Buffer = Buffer.alloc(0);
  #answer: { readonly take: (reply: HttpReply) => void; readonly fail: (error: Error) => void } | null = null;

  private constructor(line: Socket, host: string) {
    this.#line = line;
    this.#host = host;
    line.on("data", (chunk: Buffer) => this.#take(chunk));
    line.on("error", (error) => this.#answer?.fail(error));
    line.on("end", () => this.#answer?.fail(new Error("the server ended a connection")));
  }

  static async open(url: string): Promise<HttpLane> {
    const { hostname, port, host } = new URL(url);
    const line = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(line, "connect");
    return new HttpLane(line, host);
  }

  post(path: string, body: string, headers: string): Promise<HttpReply> {
    const length = Buffer.byteLength(body);
    this.#line.write(
      `POST ${path} HTTP/1.1\r\nhost: ${this.#host}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${headers}\r\n${body}`,
    );
    return new Promise((take, fail) => {
      this.#answer = { take, fail };
    });
  }

  close(): void {
    this.#line.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(headEnd);
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end).toLowerCase();
    const at = head.indexOf(lengthMark);
    if (at < 0) return this.#answer?.fail(new Error(`an answer without a length: ${head}`));
    const length = Number.parseInt(head.slice(at + lengthMark.length), 10);
    const start = end + headEnd.length;
    if (this.#received.length < start + length) return;
    const reply = { status: Number(head.slice(9, 12)), body: this.#received.toString("utf8", start, start + length) };
    this.#received = Buffer.alloc(0);
    this.#answer?.take(reply);
  }
}
