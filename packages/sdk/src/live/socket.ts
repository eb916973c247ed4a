/** The part of a WebSocket that is used here: the browser's, Node's and the `ws` package's all have it. */
export type SocketLike = {
  readonly send: (text: string) => void;
  readonly close: (code?: number, reason?: string) => void;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
};

export type SocketConstructor = new (url: string, options?: never) => SocketLike;

export type SocketEvents = {
  readonly onOpen: () => void;
  /** One message, parsed; what is no JSON object is dropped. */
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
  /** Called once, also when the socket never opened. */
  readonly onDown: (code: number) => void;
};

export type Socket = {
  readonly send: (message: unknown) => void;
  /** Ends the socket without waiting for the other side; `onDown` is called at once. */
  readonly drop: () => void;
};

const normalClosure = 1000;
const abnormalClosure = 1006;

/** Opens one socket. Headers go along where the platform allows them; a browser sends its own cookies instead. */
export function openSocket(
  Constructor: SocketConstructor,
  address: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  events: SocketEvents,
): Socket {
  const { url, headers } = address;
  const plain = Object.keys(headers).length === 0;
  const socket = plain ? new Constructor(url) : new Constructor(url, { headers } as never);
  let down = false;
  const end = (code: number): void => {
    if (down) return;
    down = true;
    events.onDown(code);
  };
  socket.onopen = () => {
    if (!down) events.onOpen();
  };
  socket.onmessage = (event: { readonly data: unknown }) => {
    const message = down ? null : parsed(event.data);
    if (message !== null) events.onMessage(message);
  };
  socket.onclose = (event: { readonly code?: number }) => end(event.code ?? abnormalClosure);
  socket.onerror = () => end(abnormalClosure);
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    drop: () => {
      socket.close(normalClosure);
      end(abnormalClosure);
    },
  };
}

function parsed(data: unknown): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(String(data));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
