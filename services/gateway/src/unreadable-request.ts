import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { problemOf } from "@kontor/protocol";

const details: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "The address and the headers are too long.",
  ERR_HTTP_REQUEST_TIMEOUT: "The request did not come to its end in time.",
};

/** As Node tells of it; `rawPacket` is what was read last. */
type Unreadable = Error & { readonly code?: string; readonly rawPacket?: unknown };

/** What is no HTTP never becomes a request: its refusal goes straight to the line, which ends with it. */
export function refuseUnreadable(error: Unreadable, line: Socket): void {
  if (error.code === "ECONNRESET" || line.destroyed) return;
  if (line.writable) {
    const detail = details[error.code ?? ""] ?? "This is not HTTP.";
    const problem = { ...problemOf("request_invalid", { detail }), instance: randomUUID() };
    const body = JSON.stringify(problem);
    line.write(
      [
        `HTTP/1.1 ${problem.status} Bad Request`,
        "content-type: application/problem+json",
        `content-length: ${Buffer.byteLength(body)}`,
        "connection: close",
        "",
        asksForHead(error) ? "" : body,
      ].join("\r\n"),
    );
  }
  line.destroy(error);
}

/** Who asks with HEAD takes a body for the beginning of another answer. */
function asksForHead({ rawPacket }: Unreadable): boolean {
  return Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString("latin1") === "HEAD ";
}
