/** What the driver and the system say of a connection that is not there. */
const connectionCodes: ReadonlySet<string> = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
]);

/** Of the server's codes: connection exceptions, too many connections, going down, crashed, still starting. */
const serverCodes = /^(08...|53300|57P0[123])$/;

/** How deep drivers and libraries wrap each other's errors. */
const causesMax = 8;

/** Whether an error says that the database cannot be asked now, whatever was asked. */
export function isDatabaseAway(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < causesMax;
    current = current.cause, depth++
  ) {
    const { code } = current as { readonly code?: unknown };
    if (typeof code === "string" && (connectionCodes.has(code) || serverCodes.test(code))) return true;
  }
  return false;
}
