import { randomBytes, randomUUID } from "node:crypto";
import { limits } from "@kontor/kernel";
import { problemOf } from "@kontor/protocol";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply } from "fastify";
import Fastify from "fastify";
import { createSerializerCompiler } from "fastify-type-provider-zod";
import "./fastify-members.ts";
import { createGate } from "./access/gate.ts";
import { createTenderFacts } from "./access/tender-facts.ts";
import { createAuth } from "./auth/create-auth.ts";
import { createIdentify } from "./auth/identify.ts";
import { createRevocations } from "./auth/revocations.ts";
import type { GatewayDeps } from "./dependencies.ts";
import { Hub } from "./live/hub.ts";
import { LiveDesk } from "./live/live-desk.ts";
import { liveLimits } from "./live/live-limits.ts";
import { liveRoute } from "./live/live-route.ts";
import { createOriginRule } from "./origins.ts";
import { actors, identities } from "./plugins/identities.ts";
import { createMetrics, metricsRoutes } from "./plugins/metrics.ts";
import { permissionRegistry } from "./plugins/permissions.ts";
import { problems, sendProblem } from "./plugins/problems.ts";
import { createMemoryRateStore } from "./plugins/rate-budget.ts";
import { addressLimit, classLimits } from "./plugins/rate-limits.ts";
import { openApi, referenceRoutes } from "./plugins/reference.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { validate } from "./plugins/validation.ts";
import { websockets } from "./plugins/websockets.ts";
import { authRoutes } from "./routes/auth.ts";
import { commandRoutesOf } from "./routes/commands.ts";
import { healthRoutes } from "./routes/health.ts";
import { createCommandDesk } from "./trading/command-desk.ts";
import { createTradingClient } from "./trading/trading-client.ts";

/**
 * Builds the edge; it never listens and closes nothing that it was given.
 *
 * @throws Error when a route, a plugin's route or an endpoint of the account library declares no permission.
 */
export async function buildGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  const { config, bus } = deps;
  const app = createApp(deps);
  const baseUrl = config.baseUrl ?? `http://${config.host}:${config.port}`;
  const origins = createOriginRule(config.allowedOrigins, baseUrl, () => listeningOrigins(app));
  const revocations = createRevocations(bus);
  const auth = createAuth({ deps, baseUrl, allowedOrigins: origins.list, revocations });
  const identify = await createIdentify({ auth, deps, revocations });
  const trading = createTradingClient(bus, config.commandTimeoutMs);
  const facts = createTenderFacts({ repositories: deps.repositories, trading, clock: deps.clock });
  const gate = createGate(facts);
  const metrics = createMetrics();
  const rates = { store: createMemoryRateStore(deps.clock), enabled: config.rateLimits };
  const desk = createCommandDesk(trading, (command, startedAt) => {
    metrics.commands.observe({ command }, (performance.now() - startedAt) / 1000);
  });

  const limitsOfLive = { ...liveLimits, ...deps.liveLimits };
  const live = new LiveDesk({ gate, limits: limitsOfLive, now: deps.clock.now, random: Math.random });
  const hub = new Hub({
    bus,
    view: trading.view,
    unread: deps.repositories.notices.unreadCount,
    limits: limitsOfLive,
    hubId: randomBytes(6).toString("base64url"),
  });
  const unlisten = revocations.listen((revocation) => live.revoked(revocation));

  await app.register(permissionRegistry);
  await app.register(websockets, { live });
  await app.register(openApi);
  await app.register(problems);
  await app.register(securityHeaders, { secure: baseUrl.startsWith("https:") });
  await app.register(addressLimit, rates);
  await app.register(identities, { identify, origins });
  await app.register(classLimits, rates);
  await app.register(actors, { gate });
  await app.register(metricsRoutes, { metrics });
  await app.register(referenceRoutes);
  healthRoutes(app, { checks: deps.readiness });
  authRoutes(app, { auth, baseUrl });
  commandRoutesOf(app, desk);
  liveRoute(app, { bus, clock: deps.clock, gate, identify, hub, live, desk, limits: limitsOfLive, metrics });
  app.addHook("onClose", () => {
    unlisten();
    hub.close();
    identify.close();
  });
  return app;
}

function createApp({ config, log }: GatewayDeps): FastifyInstance {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    bodyLimit: limits.bodyBytesMax,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply as FastifyReply, problemOf("request_invalid"));
    },
  });
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validate);
  app.setSerializerCompiler(createSerializerCompiler());
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  return app;
}

/** Where the server is reached directly; nothing before it listens. */
function listeningOrigins(app: FastifyInstance): readonly string[] {
  return app.addresses().flatMap((listening) => {
    if (typeof listening === "string") return [];
    const { address, family, port } = listening;
    return [`http://${family === "IPv6" ? `[${address}]` : address}:${port}`];
  });
}
