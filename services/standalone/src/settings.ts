import { resolve } from "node:path";
import type { GatewayConfig } from "@kontor/gateway";
import { parseGatewayConfig } from "@kontor/gateway";
import { z } from "zod";
import { isOutOfReach } from "./reach.ts";
import { unknownSettings } from "./setting-names.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a whole number from 0 to 65535; 0 takes any free port")
  .transform(Number)
  .refine((value) => value <= 65_535, "must be a whole number from 0 to 65535; 0 takes any free port");
const databaseUrl = z
  .string()
  .refine(isPostgresUrl, "must be an address such as postgres://user:password@host:5432/name");

const onlyBus = "this release has the in-process bus alone; leave it out, or set it to in-process";
const demoInPublic =
  "KONTOR_DEMO: the passwords of the demo are public, so it runs only with the embedded Postgres, on 127.0.0.1 and not behind a proxy; leave it out, or set it to off";

const Environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  KONTOR_DATA: z.string().default("./.kontor"),
  KONTOR_PORT: port.optional(),
  KONTOR_DEMO: z.enum(["on", "off"], "must be on or off").optional(),
  KONTOR_LOG: z.enum(["file", "stdout"], "must be file or stdout").default("file"),
  KONTOR_BUS: z.literal("in-process", onlyBus).optional(),
});

export type StandaloneConfig = {
  /** One's own server; null runs the embedded one. */
  readonly databaseUrl: string | null;
  /** Absolute. Holds the embedded Postgres, the secret of sessions, the log and the lock. */
  readonly dataFolder: string;
  /** Null takes `usualPort` or the next free one. */
  readonly port: number | null;
  readonly demo: boolean;
  /** Accounts with the demo's public passwords are no danger: nobody else can come here. */
  readonly demoAccountsAllowed: boolean;
  readonly log: "file" | "stdout";
  /** Null keeps a generated one in the data folder. */
  readonly authSecret: string | null;
  /** Its port and secret are set when they are known. */
  readonly gateway: GatewayConfig;
};

export type ConfigOutcome =
  | { readonly ok: true; readonly config: StandaloneConfig }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Reads the settings from an environment. An empty variable counts as unset.
 * On failure there is one readable line per wrong variable, none of which repeats a value: it could be a secret.
 */
export function parseStandaloneConfig(environment: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const own = Environment.safeParse(present);
  const { KONTOR_PORT: _, KONTOR_AUTH_SECRET: secret, ...rest } = present;
  const gateway = parseGatewayConfig({ ...rest, KONTOR_AUTH_SECRET: secret ?? "generated when the server starts" });
  const faults = [
    ...unknownSettings(present, Object.keys(Environment.shape)),
    ...(own.success ? [] : own.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`)),
    ...(gateway.ok ? [] : gateway.faults),
  ];
  if (!own.success || !gateway.ok) return { ok: false, faults };
  const { DATABASE_URL: databaseUrl = null, KONTOR_DEMO: demo, KONTOR_LOG: log } = own.data;
  const demoAccountsAllowed = databaseUrl === null && isOutOfReach(gateway.config);
  if (demo === "on" && !demoAccountsAllowed) faults.push(demoInPublic);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    config: {
      databaseUrl,
      dataFolder: resolve(own.data.KONTOR_DATA),
      port: own.data.KONTOR_PORT ?? null,
      demo: demo !== "off" && demoAccountsAllowed,
      demoAccountsAllowed,
      log,
      authSecret: secret ?? null,
      gateway: gateway.config,
    },
  };
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^postgres(ql)?:$/.test(protocol) && hostname !== "" && pathname.length > 1;
}
