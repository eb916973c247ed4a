export type { MatrixEntry } from "./access/matrix.ts";
export { buildGateway } from "./app.ts";
export type { Mail, Mailer } from "./auth/mailer.ts";
export { type ConfigOutcome, type GatewayConfig, gatewaySettingNames, parseGatewayConfig } from "./config.ts";
export type { GatewayDeps, ReadinessCheck, Repositories } from "./dependencies.ts";
export { type LiveLimits, liveLimits } from "./live/live-limits.ts";
export { httpUrlOf } from "./origins.ts";
export { createRepositories } from "./repositories.ts";
