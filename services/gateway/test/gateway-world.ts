import { randomUUID } from "node:crypto";
import type { Bus } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { Connection, Database } from "@kontor/db";
import { connect } from "@kontor/db";
import type { AccountStore } from "@kontor/db/auth";
import { createAccountStore } from "@kontor/db/auth";
import { createTestDatabase } from "@kontor/db/testing";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import type { LiveLimits, Mail, Repositories, SystemFigures } from "../src/index.ts";
import { buildGateway, parseGatewayConfig } from "../src/index.ts";
import { createRepositories } from "../src/repositories.ts";
import { FakeHost } from "./fake-host.ts";

/** A gateway on a database of its own, with a host that does as it is told. */
export type GatewayWorld = AsyncDisposable & {
  readonly app: FastifyInstance;
  readonly bus: Bus;
  readonly host: FakeHost;
  readonly mails: Mail[];
  /** What the log warns of. */
  readonly warnings: string[];
  readonly accounts: AccountStore;
  readonly repositories: Repositories;
  readonly sql: Connection["sql"];
  readonly accountDatabase: Database;
  /** Moves the gateway's clock forward. */
  readonly advance: (ms: number) => void;
};

const base = "http://127.0.0.1:8080";

export async function gatewayWorld(
  options: {
    readonly env?: Record<string, string>;
    readonly liveLimits?: Partial<LiveLimits>;
    readonly figures?: SystemFigures;
  } = {},
): Promise<GatewayWorld> {
  const database = await createTestDatabase();
  const connection = connect(database.url, { max: 4 });
  const bus = createInProcessBus();
  const host = new FakeHost(bus);
  const mails: Mail[] = [];
  const warnings: string[] = [];
  const parsed = parseGatewayConfig({
    KONTOR_BASE_URL: base,
    KONTOR_AUTH_SECRET: "a-secret-for-tests-that-is-long-enough",
    KONTOR_RATE_LIMITS: "off",
    KONTOR_COMMAND_TIMEOUT_MS: "2000",
    ...options.env,
  });
  if (!parsed.ok) throw new Error(parsed.faults.join("\n"));
  const accounts = createAccountStore(connection.db);
  const repositories = createRepositories(connection.db);
  let aheadMs = 0;
  const app = await buildGateway({
    config: parsed.config,
    bus,
    repositories,
    accounts,
    accountDatabase: connection.db,
    clock: { now: () => (Date.now() + aheadMs) * 1000 },
    log: pino({ level: "warn" }, { write: (line) => warnings.push((JSON.parse(line) as { msg: string }).msg) }),
    mailer: (mail) => {
      mails.push(mail);
      return Promise.resolve();
    },
    readiness: [],
    ...(options.figures === undefined ? {} : { figures: options.figures }),
    ...(options.liveLimits === undefined ? {} : { liveLimits: options.liveLimits }),
  });
  return {
    app,
    bus,
    host,
    mails,
    warnings,
    accounts,
    repositories,
    sql: connection.sql,
    accountDatabase: connection.db,
    advance: (ms) => {
      aheadMs += ms;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      host.stop();
      await bus.close();
      await connection.close();
      await database.drop();
    },
  };
}

type Asking = { readonly body?: unknown; readonly headers?: Record<string, string> };
type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

/** The header that every mutation of ours needs, with a key that was never used. */
export function newKey(): Record<string, string> {
  return { "idempotency-key": randomUUID() };
}

/** A caller with cookies of his own. */
export class Caller {
  readonly #app: FastifyInstance;
  readonly #cookies = new Map<string, string>();
  readonly headers: Record<string, string> = {};
  userId = "";
  companyId = "";

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async send(method: string, url: string, { body, headers = {} }: Asking = {}): Promise<Answer> {
    const reply = await this.#app.inject({
      method: method as "GET",
      url,
      headers: {
        origin: base,
        ...(this.#cookies.size === 0 ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    for (const { name, value, maxAge } of reply.cookies as { name: string; value: string; maxAge?: number }[]) {
      if (maxAge === 0) this.#cookies.delete(name);
      else this.#cookies.set(name, encodeURIComponent(value));
    }
    const text = reply.body;
    const isJson = text !== "" && /json/.test(String(reply.headers["content-type"]));
    const value: unknown = isJson ? JSON.parse(text) : text;
    const json = text.startsWith("{") && isJson ? (value as Record<string, unknown>) : { text: value };
    return { status: reply.statusCode, body: json, headers: new Headers(reply.headers as Record<string, string>) };
  }

  get(url: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send("GET", url, headers === undefined ? {} : { headers });
  }

  post(url: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.send("POST", url, headers === undefined ? { body } : { body, headers });
  }
}
