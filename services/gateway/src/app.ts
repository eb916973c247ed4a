import { randomBytes, randomUUID } from "node:crypto";
import { createRequestOutcomeStore } from "@kontor/db/auth";
import { limits } from "@kontor/kernel";
import { problemOf } from "@kontor/protocol";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply } from "fastify";
import Fastify, { LogController } from "fastify";
import { createSerializerCompiler } from "fastify-type-provider-zod";
import "./fastify-members.ts";
import { createGate } from "./access/gate.ts";
import { createInstrumentFacts } from "./access/instrument-facts.ts";
import { createTenderFacts } from "./access/tender-facts.ts";
import { createAuth } from "./auth/create-auth.ts";
import { createIdentify } from "./auth/identify.ts";
import { createRevocations } from "./auth/revocations.ts";
import type { GatewayDeps, Repositories } from "./dependencies.ts";
import { gatewayLog } from "./gateway-log.ts";
import { Hub } from "./live/hub.ts";
import { LiveDesk } from "./live/live-desk.ts";
import { liveLimits } from "./live/live-limits.ts";
import { liveRoute } from "./live/live-route.ts";
import { createOriginRule, httpUrlOf } from "./origins.ts";
import { bodyLimits } from "./plugins/body-limits.ts";
import { actors, identities } from "./plugins/identities.ts";
import { createMetrics, metricsRoutes } from "./plugins/metrics.ts";
import { outcomeRetention } from "./plugins/outcome-retention.ts";
import { permissionRegistry } from "./plugins/permissions.ts";
import { problems, sendProblem } from "./plugins/problems.ts";
import { createMemoryRateStore } from "./plugins/rate-budget.ts";
import { addressLimit, classLimits } from "./plugins/rate-limits.ts";
import { openApi, referenceRoutes } from "./plugins/reference.ts";
import { repeatableRequests } from "./plugins/repeatable-requests.ts";
import { requestLog } from "./plugins/request-log.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { unknownProxyNotice } from "./plugins/unknown-proxy.ts";
import { validate } from "./plugins/validation.ts";
import { websockets } from "./plugins/websockets.ts";
import { apiKeyRoutes } from "./routes/accounts/api-keys.ts";
import { authRoutes } from "./routes/accounts/auth.ts";
import { companyRoutes } from "./routes/accounts/companies.ts";
import { divisionRoutes } from "./routes/accounts/divisions.ts";
import { meRoutes } from "./routes/accounts/me.ts";
import { noticeRoutes } from "./routes/accounts/notices.ts";
import { participationRoutes } from "./routes/accounts/participations.ts";
import { staffRoutes } from "./routes/accounts/staff.ts";
import { buyingRoutes } from "./routes/buying/buying.ts";
import { agreementRoutes } from "./routes/catalog/agreements.ts";
import { assortmentRoutes } from "./routes/catalog/assortments.ts";
import { catalogueRoutes } from "./routes/catalog/catalogue.ts";
import { catalogueExportRoutes } from "./routes/catalog/catalogue-exports.ts";
import { customerGroupRoutes } from "./routes/catalog/customer-groups.ts";
import { importRoutes } from "./routes/catalog/imports.ts";
import { masterDataRoutes } from "./routes/catalog/master-data.ts";
import { priceLadderRoutes } from "./routes/catalog/price-ladders.ts";
import { priceListRoutes } from "./routes/catalog/price-lists.ts";
import { priceRoutes } from "./routes/catalog/prices.ts";
import { promotionRoutes } from "./routes/catalog/promotions.ts";
import { searchSettingsRoutes } from "./routes/catalog/search-settings.ts";
import { supplierRoutes } from "./routes/catalog/suppliers.ts";
import { healthRoutes } from "./routes/health.ts";
import { allocationRoutes } from "./routes/ledger/allocations.ts";
import { assetRequestRoutes } from "./routes/ledger/asset-requests.ts";
import { settlementRoutes } from "./routes/ledger/settlements.ts";
import { statementRoutes } from "./routes/ledger/statements.ts";
import { marketplaceRoutes } from "./routes/marketplaces.ts";
import { bookRoutes } from "./routes/trading/books.ts";
import { commandRoutesOf } from "./routes/trading/commands.ts";
import { marketRecordRoutes } from "./routes/trading/instruments.ts";
import { marketSwitchRoutes } from "./routes/trading/market-switches.ts";
import { orderExplanationRoutes } from "./routes/trading/order-explanations.ts";
import { procedurePresetRoutes } from "./routes/trading/procedure-presets.ts";
import { recordRoutes } from "./routes/trading/records.ts";
import { shardRecoveryRoutes } from "./routes/trading/shard-recovery.ts";
import { tenderRoutes } from "./routes/trading/tenders.ts";
import { schemaCheck } from "./schema-check.ts";
import { warningsOf } from "./system-figures.ts";
import { createCommandDesk } from "./trading/command-desk.ts";
import { createMarketRules } from "./trading/market-rules.ts";
import { createMarketSwitch } from "./trading/market-switch.ts";
import { createShardPort } from "./trading/shard-port.ts";
import { createTradingClient } from "./trading/trading-client.ts";
import { refuseUnreadable } from "./unreadable-request.ts";
import { webApp } from "./web/web-app.ts";

/** A request that has not arrived whole by then is cut off. */
const requestTimeoutMs = 30_000;

/**
 * Builds the edge; it never listens and closes nothing that it was given.
 *
 * @throws Error when a route, a plugin's route or an endpoint of the account library declares no permission.
 */
export async function buildGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  const app = createApp(deps);
  const parts = await wire(app, deps);
  await registerPlugins(app, deps, parts);
  registerRoutes(app, deps, parts);
  app.addHook("onClose", () => parts.stop());
  return app;
}

type Parts = Awaited<ReturnType<typeof wire>>;

/** What the routes share, made once. */
async function wire(app: FastifyInstance, deps: GatewayDeps) {
  const { config, bus, clock, repositories } = deps;
  const baseUrl = config.baseUrl ?? httpUrlOf(config.host, config.port);
  const origins = createOriginRule(config.allowedOrigins, baseUrl, () => listeningOrigins(app));
  const revocations = createRevocations(bus);
  const auth = createAuth({ deps, baseUrl, allowedOrigins: origins.list, revocations });
  const identify = await createIdentify({ auth, deps, revocations });
  const trading = createTradingClient(bus, config.commandTimeoutMs);
  const facts = createTenderFacts({ repositories, trading, clock });
  const gate = createGate({ tenders: facts, instruments: createInstrumentFacts({ trading, clock }) });
  const metrics = createMetrics();
  const rules = createMarketRules({ repositories, facts, trading });
  const desk = createCommandDesk({
    trading,
    rules,
    seen: (command, startedAt) => metrics.commands.observe({ command }, (performance.now() - startedAt) / 1000),
  });
  const limitsOfLive = { ...liveLimits, ...deps.liveLimits };
  const live = new LiveDesk({ gate, limits: limitsOfLive, now: clock.now, random: Math.random });
  const unread = repositories.notices.unreadCount;
  const hubId = randomBytes(6).toString("base64url");
  const readImport = repositories.imports.own;
  const hub = new Hub({ bus, view: trading.view, unread, readImport, now: clock.now, limits: limitsOfLive, hubId });
  const unlisten = revocations.listen((revocation) => live.revoked(revocation));
  const stop = (): void => {
    unlisten();
    hub.close();
    identify.close();
  };
  return { baseUrl, origins, revocations, auth, identify, trading, gate, metrics, desk, limitsOfLive, live, hub, stop };
}

async function registerPlugins(app: FastifyInstance, deps: GatewayDeps, parts: Parts): Promise<void> {
  const { config, clock, accountDatabase } = deps;
  const { identify, origins, gate, metrics, live, baseUrl } = parts;
  const rates = { store: createMemoryRateStore(clock), enabled: config.rateLimits };
  await app.register(permissionRegistry);
  await app.register(bodyLimits);
  await app.register(websockets, { live });
  await app.register(openApi);
  await app.register(problems);
  await app.register(requestLog);
  await app.register(securityHeaders, { secure: baseUrl.startsWith("https:") });
  await app.register(unknownProxyNotice);
  await app.register(addressLimit, rates);
  await app.register(identities, { identify, origins });
  await app.register(classLimits, rates);
  await app.register(actors, { gate });
  const outcomes = createRequestOutcomeStore(accountDatabase);
  await app.register(repeatableRequests, { outcomes });
  await app.register(outcomeRetention, { outcomes });
  const { figures = {} } = deps;
  await app.register(metricsRoutes, { metrics, figures, onThisPort: config.metricsListener === null });
  await app.register(referenceRoutes, { isHome: deps.webApp === undefined });
  if (deps.webApp !== undefined) await app.register(webApp, deps.webApp);
}

function registerRoutes(app: FastifyInstance, deps: GatewayDeps, parts: Parts): void {
  const { repositories, accounts, clock, bus } = deps;
  const { auth, baseUrl, trading, desk, revocations, gate, identify, hub, live, limitsOfLive, metrics } = parts;
  const host = { name: "trading host", check: trading.answers };
  const switches = createMarketSwitch({ ...repositories, desk });
  const { figures = {} } = deps;
  const checks = [...deps.readiness, schemaCheck(deps.accountDatabase), host];
  healthRoutes(app, { checks, warnings: () => warningsOf(figures) });
  authRoutes(app, { auth, baseUrl, revocations });
  meRoutes(app);
  apiKeyRoutes(app, { ...repositories, auth, revocations });
  companyRoutes(app, repositories);
  commercialRoutes(app, { ...repositories, clock });
  noticeRoutes(app, { ...repositories, clock });
  marketplaceRoutes(app, repositories);
  participationRoutes(app, { ...repositories, revocations, switches });
  staffRoutes(app, { ...repositories, accounts, revocations });
  masterDataRoutes(app, { ...repositories, clock });
  importRoutes(app, { ...repositories, clock, bus });
  catalogueRoutes(app, { ...repositories, search: deps.search ?? null });
  searchSettingsRoutes(app, repositories);
  supplierRoutes(app, { ...repositories, clock, search: deps.search ?? null });
  catalogueExportRoutes(app, { ...repositories, clock, baseUrl });
  buyingRoutes(app, { ...repositories, clock });
  bookRoutes(app, repositories);
  assetRequestRoutes(app, { ...repositories, clock });
  settlementRoutes(app, { ...repositories, clock });
  statementRoutes(app, repositories);
  allocationRoutes(app, { ...repositories, clock, shards: createShardPort(bus, deps.config.commandTimeoutMs) });
  tenderRoutes(app, { ...repositories, trading, clock });
  procedurePresetRoutes(app);
  shardRecoveryRoutes(app, trading);
  recordRoutes(app, repositories);
  marketRecordRoutes(app, repositories);
  orderExplanationRoutes(app, trading);
  marketSwitchRoutes(app, switches);
  commandRoutesOf(app, desk);
  liveRoute(app, { bus, clock, gate, identify, hub, live, desk, limits: limitsOfLive, metrics });
}

/** Prices, whom they are for, and what companies agreed on. */
function commercialRoutes(app: FastifyInstance, parts: Repositories & Pick<GatewayDeps, "clock">): void {
  divisionRoutes(app, parts);
  priceListRoutes(app, parts);
  priceLadderRoutes(app, parts);
  customerGroupRoutes(app, parts);
  assortmentRoutes(app, parts);
  promotionRoutes(app, parts);
  agreementRoutes(app, parts);
  priceRoutes(app, parts);
}

function createApp({ config, log }: GatewayDeps): FastifyInstance {
  const app = Fastify({
    loggerInstance: gatewayLog(log) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    clientErrorHandler: refuseUnreadable,
    // A request without it is refused by Node with an empty answer; here it is one like any other.
    http: { requireHostHeader: false },
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
    return [httpUrlOf(listening.address, listening.port)];
  });
}
