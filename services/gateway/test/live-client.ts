import { once } from "node:events";
import { WebSocket } from "ws";
import type { Caller, GatewayWorld } from "./gateway-world.ts";

export type Message = Readonly<Record<string, unknown>>;

/** A client of `/v1/live` over a real socket. */
export class LiveClient {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  closed: number | null = null;

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on("message", (data) => this.messages.push(JSON.parse(String(data)) as Message));
    this.socket.on("close", (code) => {
      this.closed = code;
    });
  }

  async opened(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, "open");
    return this;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The first message that fits, now or later. */
  async until(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found !== undefined) return found;
      await once(this.socket, "message", { signal: AbortSignal.timeout(15_000) });
    }
  }

  async ask(message: { readonly id: string } & Message): Promise<Message> {
    this.send(message);
    return await this.until(({ re }) => re === message.id);
  }

  async closing(): Promise<number> {
    if (this.closed === null) await once(this.socket, "close", { signal: AbortSignal.timeout(15_000) });
    return this.closed ?? 0;
  }
}

export async function listen(world: GatewayWorld): Promise<string> {
  const address = await world.app.listen({ host: "127.0.0.1", port: 0 });
  return `${address.replace("http", "ws")}/v1/live`;
}

export function connect(url: string, caller: Caller, headers: Record<string, string> = {}): Promise<LiveClient> {
  return new LiveClient(url, headersOf(caller, headers)).opened();
}

/** The status with which the server refuses the handshake. */
export function refusal(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  return new Promise((resolve, reject) => {
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("open", () => reject(new Error("the handshake was accepted")));
    socket.on("error", () => {});
  });
}

export function headersOf(caller: Caller, headers: Record<string, string> = {}): Record<string, string> {
  return {
    origin: "http://127.0.0.1:8080",
    ...(caller.cookie === "" ? {} : { cookie: caller.cookie }),
    ...caller.headers,
    ...headers,
  };
}
