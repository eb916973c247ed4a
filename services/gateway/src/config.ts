import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);
const list = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ""));
const origin = z.string().refine(isOrigin, "must be an origin such as https://trade.example");
const address = z.string().regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, "must be an address or a network such as 10.0.0.0/8");

const Environment = z.object({
  KONTOR_HOST: z.string().min(1).default("127.0.0.1"),
  KONTOR_PORT: port.default(8080),
  KONTOR_BASE_URL: origin.optional(),
  KONTOR_AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  KONTOR_TRUSTED_PROXIES: list.pipe(z.array(address)).default([]),
  KONTOR_ALLOWED_ORIGINS: list.pipe(z.array(origin)).default([]),
  KONTOR_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  KONTOR_COMMAND_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  KONTOR_REQUIRE_EMAIL_VERIFICATION: z.stringbool().default(false),
  KONTOR_RATE_LIMITS: z.enum(["on", "off"]).default("on"),
});

export type GatewayConfig = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where browsers reach the gateway; null means its own listening address. */
  readonly baseUrl: string | null;
  readonly authSecret: string;
  /** Addresses or networks whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Origins beside the base URL's that may call with cookies and open live connections. */
  readonly allowedOrigins: readonly string[];
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  readonly commandTimeoutMs: number;
  readonly requireEmailVerification: boolean;
  /** Off only for load measurements. */
  readonly rateLimits: boolean;
};

export type ConfigOutcome<Config> =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Reads the gateway's settings from an environment. An empty variable counts as unset.
 * On failure there is one readable line per wrong variable, none of which repeats a value: it could be a secret.
 */
export function parseGatewayConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigOutcome<GatewayConfig> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const byName = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
    return { ok: false, faults: [...byName].map(([name, message]) => `${name}: ${explain(present[name], message)}`) };
  }
  const read = parsed.data;
  return {
    ok: true,
    config: {
      host: read.KONTOR_HOST,
      port: read.KONTOR_PORT,
      baseUrl: read.KONTOR_BASE_URL ?? null,
      authSecret: read.KONTOR_AUTH_SECRET,
      trustedProxies: read.KONTOR_TRUSTED_PROXIES,
      allowedOrigins: read.KONTOR_ALLOWED_ORIGINS,
      logLevel: read.KONTOR_LOG_LEVEL,
      commandTimeoutMs: read.KONTOR_COMMAND_TIMEOUT_MS,
      requireEmailVerification: read.KONTOR_REQUIRE_EMAIL_VERIFICATION,
      rateLimits: read.KONTOR_RATE_LIMITS === "on",
    },
  };
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function explain(value: string | undefined, message: string): string {
  return value === undefined ? "is missing" : message;
}
