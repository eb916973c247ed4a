import { isIP } from "node:net";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);
const list = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ""));
const origin = z.string().refine(isOrigin, "must be an origin such as https://trade.example");
const proxy = z.string().refine(isAddressOrNetwork, "must be addresses or networks, such as 10.0.0.0/8,::1");
const host = z
  .string()
  .refine(isHost, "must be an address or a host name of this machine, such as 127.0.0.1 or ::1")
  .transform(withoutBrackets);

const Environment = z.object({
  KONTOR_HOST: host.default("127.0.0.1"),
  KONTOR_PORT: port.default(8080),
  KONTOR_BASE_URL: origin.optional(),
  KONTOR_AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  KONTOR_TRUSTED_PROXIES: list.pipe(z.array(proxy)).default([]),
  KONTOR_ALLOWED_ORIGINS: list.pipe(z.array(origin)).default([]),
  KONTOR_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  KONTOR_COMMAND_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  KONTOR_REQUIRE_EMAIL_VERIFICATION: z.stringbool().default(false),
  KONTOR_RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  KONTOR_METRICS_PORT: port.optional(),
  KONTOR_METRICS_HOST: host.default("127.0.0.1"),
});

/** Every variable that this service reads. */
export const gatewaySettingNames: readonly string[] = Object.keys(Environment.shape);

export type GatewayConfig = {
  /** An IPv6 address without brackets. */
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
  /** New accounts that one address may make in a minute; left out: 20. A demonstration makes its people at once. */
  readonly signUpsPerMinute?: number;
  /** Where the metrics have a listener of their own; null serves them on the gateway's, to this machine alone. */
  readonly metricsListener: { readonly host: string; readonly port: number } | null;
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
      metricsListener:
        read.KONTOR_METRICS_PORT === undefined
          ? null
          : { host: read.KONTOR_METRICS_HOST, port: read.KONTOR_METRICS_PORT },
    },
  };
}

function withoutBrackets(text: string): string {
  return text.replace(/^\[(.*)\]$/, "$1");
}

/** A name of numbers alone is a mistyped address. */
function isHost(text: string): boolean {
  const inBrackets = text.startsWith("[");
  const address = withoutBrackets(text);
  if (inBrackets || address.includes(":")) return isIP(address) === 6 && !address.includes("%");
  if (isIP(text) === 4) return true;
  const name = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i;
  return name.test(text) && !/^[\d.]+$/.test(text);
}

function isAddressOrNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const version = address.includes("%") ? 0 : isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function explain(value: string | undefined, message: string): string {
  return value === undefined ? "is missing" : message;
}
