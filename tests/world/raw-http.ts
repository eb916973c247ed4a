import { Agent, request } from "node:http";

export type RawRequest = {
  readonly method: string;
  /** With its query, exactly as it is sent. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
};

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** Undefined when the text is no JSON. */
  readonly body: unknown;
};

/** Requests without a client between test and server: nothing is added, repeated or understood. */
export type RawHttp = {
  readonly ask: (request: RawRequest) => Promise<RawAnswer>;
  readonly close: () => void;
};

export function createRawHttp(baseUrl: string, connectionsMax = 16): RawHttp {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
  const { hostname, port } = new URL(baseUrl);
  return {
    ask: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const content = contentOf(body);
        const sent = request({
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            ...(content === undefined ? {} : { "content-type": "application/json", "content-length": content.length }),
            ...headers,
          },
        });
        sent.on("response", (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(parts).toString();
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
          });
        });
        sent.on("error", reject);
        sent.end(content);
      }),
    close: () => agent.destroy(),
  };
}

function contentOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
