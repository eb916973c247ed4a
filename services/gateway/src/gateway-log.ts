import type { Logger } from "pino";

/** Members that hold credentials wherever they turn up. */
const secretPaths = [
  "authorization",
  "cookie",
  "set-cookie",
  "password",
  "newPassword",
  "currentPassword",
  "key",
  "token",
]
  .flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])
  .concat(['*["x-api-key"]', '["x-api-key"]']);

/** A child of the installation's log that writes no credential and no value out of the database. */
export function gatewayLog(log: Logger): Logger {
  return log.child(
    { service: "gateway" },
    { redact: { paths: secretPaths, censor: "[redacted]" }, serializers: { err: errorRecord } },
  );
}

type ErrorRecord = {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
};

/** Statements are logged, their parameters and the database's details are not: both hold what people entered. */
function errorRecord(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { type: typeof error, message: "thrown value is no error" };
  const { code } = error as { code?: unknown };
  const [message = ""] = error.message.split("\nparams:", 1);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    ...(typeof code === "string" ? { code } : {}),
    stack: frames.slice(0, 12).join("\n"),
    ...(error.cause === undefined ? {} : { cause: errorRecord(error.cause) }),
  };
}
