import type { Bus } from "@kontor/bus";
import type { Clock } from "@kontor/kernel";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { permissionOf } from "../access/declarations.ts";
import type { Gate } from "../access/gate.ts";
import { addressGroupOf } from "../address-group.ts";
import type { Identify } from "../auth/identify.ts";
import type { Identity } from "../auth/identity.ts";
import { isLocalCaller } from "../callers.ts";
import type { Metrics } from "../plugins/metrics.ts";
import { Refusal } from "../refusal.ts";
import type { CommandDesk } from "../trading/command-desk.ts";
import { DisconnectCancels } from "./disconnect-cancels.ts";
import type { Hub } from "./hub.ts";
import { LiveConnection } from "./live-connection.ts";
import type { LiveDesk } from "./live-desk.ts";
import type { LiveLimits } from "./live-limits.ts";
import { LiveSession } from "./live-session.ts";
import type { SocketOwner } from "./socket-counts.ts";
import { SocketCounts } from "./socket-counts.ts";

export type LiveRouteParts = {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly gate: Gate;
  readonly identify: Identify;
  readonly hub: Hub;
  readonly live: LiveDesk;
  readonly desk: CommandDesk;
  readonly limits: LiveLimits;
  readonly metrics: Metrics;
};

/** `/v1/live`: streams and commands over one connection. Everything about the caller is settled before the upgrade. */
export function liveRoute(app: FastifyInstance, parts: LiveRouteParts): void {
  const counts = new SocketCounts(parts.limits);
  app.route({
    method: "GET",
    url: "/v1/live",
    config: { permission: permissionOf("open_live") },
    schema: { hide: true },
    preHandler: (request, _reply, done) => done(handshakeFault(request, parts, counts)),
    handler: () => Promise.reject(new Refusal("not_found")),
    wsHandler: (socket, request) => {
      const leave = counts.enter(ownerOf(request));
      accept(socket, request, parts);
      socket.on("close", leave);
    },
  });
}

function handshakeFault(request: FastifyRequest, { live }: LiveRouteParts, counts: SocketCounts): Refusal | undefined {
  if (!request.ws) return undefined;
  if (live.isClosing) return new Refusal("shutting_down", { retryAfterMs: 1_000 });
  const full = counts.full(ownerOf(request));
  return full === null ? undefined : new Refusal("rate_limited", { policy: full, retryAfterMs: 5_000 });
}

function ownerOf(request: FastifyRequest): SocketOwner {
  const { identity, ip } = request;
  return {
    userId: identity?.kind === "session" ? identity.userId : null,
    companyId: identity?.companyId ?? null,
    addressGroup: isLocalCaller(request) ? null : addressGroupOf(ip),
  };
}

function accept(socket: WebSocket, request: FastifyRequest, parts: LiveRouteParts): void {
  const { limits, metrics, clock, live } = parts;
  const connection = new LiveConnection({
    socket,
    line: request.raw.socket,
    identity: request.identity as Identity,
    company: wishedCompany(request),
    limits,
    nowMs: clock.now() / 1000,
    wrote: (frames) => {
      metrics.frames.written += frames;
    },
    closing: (reason) => metrics.closes.inc({ reason }),
  });
  const cancels = new DisconnectCancels({
    desk: parts.desk,
    failed: (error) => request.log.error({ err: error }, "orders of an ended connection were not cancelled"),
  });
  const session = new LiveSession({
    ...parts,
    connection,
    cancels,
    now: clock.now,
    subscriptionsMax: limits.subscriptionsPerSocketMax,
    hasteMax: limits.messageBurst,
    isClosing: () => live.isClosing,
    refused: ({ code }) => metrics.refusals.inc({ code }),
    failed: (error) => request.log.error({ err: error }, "live message failed"),
  });
  socket.on("message", (data, isBinary) => session.receive(data as Buffer, isBinary));
  socket.on("pong", () => {
    connection.answeredPing = true;
  });
  const silence = setTimeout(() => {
    if (!connection.spoken) connection.close("idle");
  }, limits.subscribeWithinMs).unref();
  metrics.connections.inc();
  live.enter(connection, () => parts.identify.of(request.headers));
  socket.on("close", () => {
    clearTimeout(silence);
    metrics.connections.dec();
    live.leave(connection);
    cancels.run();
  });
}

/** A browser cannot set headers of a handshake, so the address may name the company too. */
function wishedCompany({ headers, query }: FastifyRequest): string | undefined {
  const { company } = query as { company?: unknown };
  const wish = headers["kontor-company"] ?? company;
  return typeof wish === "string" && wish !== "" ? wish : undefined;
}
